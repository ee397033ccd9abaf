namespace Libp2p.Peerstore;

/// <summary>The rule on the suffix <c>/p2p/ID</c>: an address is stored without the one that names its own peer.</summary>
internal static class OwnAddress
{
    /// <summary>Takes the suffix off that names the peer itself, or says why the address is none of the peer's.</summary>
    public static AddressChange Of(PeerId peer, Multiaddr address, out Multiaddr own)
    {
        own = address;
        if (address.TrySplitPeer(out var transport, out var named))
        {
            if (named != peer)
            {
                return AddressChange.OfOtherPeer;
            }

            own = transport;
        }

        return own.IsEmpty ? AddressChange.Empty : AddressChange.None;
    }

    /// <summary>Those of several addresses that are the peer's.</summary>
    public static IReadOnlyList<Multiaddr> AllOf(PeerId peer, IReadOnlyList<Multiaddr> addresses)
    {
        var all = new List<Multiaddr>(addresses.Count);
        for (var i = 0; i < addresses.Count; i++)
        {
            if (Of(peer, addresses[i], out var own) == AddressChange.None)
            {
                all.Add(own);
            }
        }

        return all;
    }
}
