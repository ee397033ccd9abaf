namespace Libp2p.Peerstore;

/// <summary>Addresses that somebody offers for a peer, prepared before any lock is taken: a caller's list is foreign code.</summary>
internal readonly struct AddressOffer
{
    public AddressOffer(PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var tally = new AddressTally();
        var own = new List<Multiaddr>(addresses.Count);
        foreach (var address in addresses)
        {
            var refusal = OwnPart(peer, address, out var part);
            if (refusal == AddressChange.None)
            {
                own.Add(part);
            }

            tally.Count(refusal);
        }

        (Own, Ttl, Refused) = (own, ttl, tally);
    }

    /// <summary>Those that are the peer's, without the suffix that names it.</summary>
    public List<Multiaddr> Own { get; }

    public TimeSpan Ttl { get; }

    /// <summary>What was refused at first sight, for a tally to go on from.</summary>
    public AddressTally Refused { get; }

    /// <summary>Makes room for the addresses, where they have an end and need any.</summary>
    public void MakeRoom(PeerstoreEngine engine, PeerId peer)
    {
        if (Ttl > TimeSpan.Zero && !AddressTtl.IsEndless(Ttl))
        {
            engine.MakeRoom(
                peer, Own.Count, Own, static (entry, own, _) => entry?.Addresses.PlacesFor(own) ?? own.Count);
        }
    }

    /// <summary>Takes the suffix off that names the peer itself, or says why the address is none of the peer's.</summary>
    private static AddressChange OwnPart(PeerId peer, Multiaddr address, out Multiaddr own)
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
}
