namespace Libp2p.Peerstore;

/// <summary>The order in which addresses are handed out: best first.</summary>
/// <remarks>
/// Addresses are stored in it, so that reading is copying.
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

        var byTrust = (int)(y.Source & AddressSource.Certified) - (int)(x.Source & AddressSource.Certified);
        return byTrust != 0 ? byTrust : x.Address.CompareTo(y.Address);
    }

    /// <summary>Sorts; what is in order already, as nearly always, costs one look at each.</summary>
    public static void Sort(Span<AddressEntry> addresses)
    {
        for (var i = 1; i < addresses.Length; i++)
        {
            if (Instance.Compare(addresses[i - 1], addresses[i]) > 0)
            {
                addresses.Sort(Instance);
                return;
            }
        }
    }
}
