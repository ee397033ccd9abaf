namespace Libp2p.Peerstore.Tests;

/// <summary>What an engine holds in memory, counted one by one, expired things included.</summary>
internal readonly record struct HeldCounts(int Peers, int Mortal, int Endless, int Records)
{
    /// <summary>The most endless addresses that a peer has.</summary>
    public int MostEndless { get; init; }

    public HeldCounts And(PeerEntry entry)
    {
        var endless = entry.Addresses.Entries.ToArray().Count(static address => address.IsEndless);
        return new(
            Peers + 1,
            Mortal + entry.Addresses.Count - endless,
            Endless + endless,
            Records + (entry.Record is null ? 0 : 1))
        {
            MostEndless = Math.Max(MostEndless, endless),
        };
    }
}
