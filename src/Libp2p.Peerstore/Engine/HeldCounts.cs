namespace Libp2p.Peerstore;

/// <summary>What an engine holds in memory, counted one by one, expired things included.</summary>
internal readonly record struct HeldCounts(int Peers, int Mortal, int Endless, int Records, int WithProtocols)
{
    /// <summary>The most endless addresses that a peer has.</summary>
    public int MostEndless { get; init; }

    public static HeldCounts operator +(HeldCounts left, HeldCounts right) => new(
        left.Peers + right.Peers,
        left.Mortal + right.Mortal,
        left.Endless + right.Endless,
        left.Records + right.Records,
        left.WithProtocols + right.WithProtocols)
    {
        MostEndless = Math.Max(left.MostEndless, right.MostEndless),
    };

    public static HeldCounts Of(in PeerView view)
    {
        var (mortal, endless) = (0, 0);
        var reader = view.Addresses;
        while (reader.MoveNext())
        {
            var isEndless = reader.Ttl >= AddressTtl.Connected.Ticks;
            endless += isEndless ? 1 : 0;
            mortal += isEndless ? 0 : 1;
        }

        return new(1, mortal, endless, view.Record.Exists ? 1 : 0, view.Protocols.Number != 0 ? 1 : 0)
        {
            MostEndless = endless,
        };
    }
}
