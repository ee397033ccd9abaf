using Libp2p.Peerstore.Faults;

namespace Peerstore.CrashHarness;

/// <summary>What a kind of fault is to a file system.</summary>
internal static class FaultKinds
{
    private const int Torn = 100;

    /// <summary>The calls that it hits.</summary>
    public static FileCalls Calls(this FaultKind kind) => kind switch
    {
        FaultKind.Full or FaultKind.Torn => FileCalls.Write,
        FaultKind.ReadOnly => FileCalls.Changes,
        _ => FileCalls.All,
    };

    /// <summary>Makes the n-th of them fail.</summary>
    public static Fault At(this FaultKind kind, int nth, bool untilHealed) => new()
    {
        Calls = kind.Calls(),
        Nth = nth,
        UntilHealed = untilHealed,
        TornAfter = kind is FaultKind.Torn ? Torn : 0,
        Result = kind switch
        {
            FaultKind.Full or FaultKind.Torn => SqliteCode.Full,
            FaultKind.ReadOnly => SqliteCode.ReadOnly,
            _ => null,
        },
    };
}
