namespace Libp2p.Peerstore.Faults;

/// <summary>A call that goes wrong, or takes its time.</summary>
/// <remarks>Immutable; counted from the moment a <see cref="FaultPlan"/> gets it.</remarks>
public sealed record Fault
{
    /// <summary>The kinds of call that it is about. Default all.</summary>
    public FileCalls Calls { get; init; } = FileCalls.All;

    /// <summary>The files that it is about. Default all.</summary>
    public FileRoles Files { get; init; } = FileRoles.All;

    /// <summary>Which of those calls is hit, the first being 1. Default 1.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>Whether all calls after that one are hit as well, until the plan is healed. Default false.</summary>
    public bool UntilHealed { get; init; }

    /// <summary>
    /// What the call returns; null is the I/O error of its kind, <see cref="SqliteCode.Ok"/> lets it do its work.
    /// </summary>
    public int? Result { get; init; }

    /// <summary>How many bytes a failing write writes all the same. Default 0.</summary>
    public int TornAfter { get; init; }

    /// <summary>How long the call takes longer. Default not at all.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What the call waits for, for a test that decides when a disk goes on; null where it does not.</summary>
    public WaitHandle? Gate { get; init; }

    internal bool Concerns(FileCalls call, FileRoles file) => Calls.HasFlag(call) && Files.HasFlag(file);
}
