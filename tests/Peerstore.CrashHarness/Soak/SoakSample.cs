using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Peerstore.CrashHarness;

/// <summary>What a process says of its store when a life of it ends, all load standing still: a line of JSON.</summary>
internal sealed record SoakSample
{
    /// <summary>How long there was load.</summary>
    public double Seconds { get; init; }

    /// <summary>How many operations it made.</summary>
    public long Operations { get; init; }

    /// <summary>How many answers were wrong.</summary>
    public long Wrong { get; init; }

    /// <summary>The process's bytes in memory, after a collection.</summary>
    public long Resident { get; init; }

    /// <summary>The bytes of its live objects.</summary>
    public long Managed { get; init; }

    /// <summary>The bytes of the file.</summary>
    public long File { get; init; }

    /// <summary>The bytes of the log beside it.</summary>
    public long Log { get; init; }

    /// <summary>Peers, as the store counts them.</summary>
    public int Peers { get; init; }

    /// <summary>Addresses with an end, as the store counts them.</summary>
    public int Addresses { get; init; }

    /// <summary>Signed records, as the store counts them.</summary>
    public int Records { get; init; }

    /// <summary>Where a recount found something else, when the life began or ended.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Acknowledged operations that were not there when the store was opened after an orderly close.</summary>
    public int Lost { get; init; }

    public static bool TryParse(string line, [NotNullWhen(true)] out SoakSample? sample)
    {
        sample = line.StartsWith('{') ? JsonSerializer.Deserialize(line, SoakJson.Default.SoakSample) : null;
        return sample is not null;
    }

    public override string ToString() => JsonSerializer.Serialize(this, SoakJson.Default.SoakSample);
}
