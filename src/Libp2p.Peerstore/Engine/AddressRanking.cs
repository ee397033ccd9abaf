namespace Libp2p.Peerstore;

/// <summary>The order in which addresses are handed out: best first.</summary>
/// <remarks>
/// In use or permanent before mortal, then the one that lives longest, then the certified one; ties by bytes, so that
/// the same knowledge gives the same order.
/// </remarks>
internal sealed class AddressRanking : IComparer<AddressEntry>
{
    public static readonly AddressRanking Instance = new();

    public int Compare(AddressEntry x, AddressEntry y)
    {
        var byEnd = y.Expires.CompareTo(x.Expires);
        if (byEnd != 0)
        {
            return byEnd;
        }

        var byTrust = (y.Source & AddressSource.Certified).CompareTo(x.Source & AddressSource.Certified);
        return byTrust != 0 ? byTrust : x.Address.CompareTo(y.Address);
    }

    /// <summary>Copies what is live, best first.</summary>
    public static AddressEntry[] Live(PeerEntry? entry, long now)
    {
        if (entry is null)
        {
            return [];
        }

        var entries = entry.Addresses.Entries;
        var live = new AddressEntry[entries.Length];
        var count = 0;
        foreach (ref readonly var address in entries)
        {
            if (address.IsLive(now))
            {
                live[count++] = address;
            }
        }

        Array.Resize(ref live, count);
        Array.Sort(live, Instance);
        return live;
    }
}
