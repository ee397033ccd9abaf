namespace Libp2p.Peerstore;

/// <summary>Addresses that somebody offers for a peer, prepared before any lock is taken: a caller's list is foreign code.</summary>
internal readonly struct AddressOffer
{
    public AddressOffer(PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var tally = new AddressTally();
        var own = new Multiaddr[addresses.Count];
        var count = 0;
        for (var i = 0; i < own.Length; i++)
        {
            var refusal = OwnPart(peer, addresses[i], out var part);
            if (refusal == AddressChange.None)
            {
                own[count++] = part;
            }

            tally.Count(refusal);
        }

        if (count < own.Length)
        {
            Array.Resize(ref own, count);
        }

        (Own, Ttl, Refused) = (own, ttl, tally);
    }

    /// <summary>Those that are the peer's, without the suffix that names it.</summary>
    public Multiaddr[] Own { get; }

    public TimeSpan Ttl { get; }

    /// <summary>What was refused at first sight, for a tally to go on from.</summary>
    public AddressTally Refused { get; }

    /// <summary>Takes the suffix off that names the peer itself, or says why the address is none of the peer's.</summary>
    public static AddressChange OwnPart(PeerId peer, Multiaddr address, out Multiaddr own)
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
