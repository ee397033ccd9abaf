namespace Libp2p.Peerstore.Faults;

/// <summary>What becomes of a call. <c>default</c> is that it does its work.</summary>
internal readonly record struct Verdict(int Result, int TornAfter)
{
    public bool Passes => Result == SqliteCode.Ok;
}
