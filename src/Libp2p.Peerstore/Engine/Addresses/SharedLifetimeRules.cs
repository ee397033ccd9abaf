namespace Libp2p.Peerstore;

/// <summary>Renewing and updating the addresses of a peer that share one lifetime, where they lie.</summary>
/// <remarks>
/// That is nearly every peer: its addresses came in one message, and come again in the next. To the same effect as
/// <see cref="AddressRules"/>, which a property test compares; renewing five addresses took twice as long there.
/// </remarks>
internal static class SharedLifetimeRules
{
    /// <summary>What is searched by looking at each, and marked in the bits of one number.</summary>
    private const int MaxAddresses = 16;

    /// <summary>See <see cref="AddressRules.Add"/>.</summary>
    public static InPlaceResult TryAdd(in PeerInPlace peer, AddressOffer offer, out AddressTally tally)
    {
        tally = offer.Refused;
        var addresses = Begin(peer, stackalloc (int, int)[MaxAddresses]);
        return addresses.TryRead(peer, AddressSource.Added) && addresses.TryFindAll(offer.Own)
            ? TryExtend(addresses, new(offer.Ttl, peer.Now), ref tally)
            : InPlaceResult.NotPossible;
    }

    /// <summary>See <see cref="AddressRules.Announce"/>.</summary>
    public static InPlaceResult TryAnnounce(in PeerInPlace peer, AddressOffer offer, out AddressTally tally)
    {
        tally = offer.Refused;
        var addresses = Begin(peer, stackalloc (int, int)[MaxAddresses]);
        return addresses.TryRead(peer, AddressSource.Announced) && addresses.TryFindAll(offer.Own) && addresses.IsEveryOne
            ? TryExtend(addresses, new(offer.Ttl, peer.Now), ref tally)
            : InPlaceResult.NotPossible;
    }

    /// <summary>See <see cref="AddressRules.Set"/>.</summary>
    public static InPlaceResult TrySet(in PeerInPlace peer, AddressOffer offer, out AddressTally tally)
    {
        tally = offer.Refused;
        var addresses = Begin(peer, stackalloc (int, int)[MaxAddresses]);
        return addresses.TryRead(peer, AddressSource.Added) && addresses.TryFindAll(offer.Own) && addresses.IsEveryOne
            ? TryReplace(peer, addresses.Lifetime, new(offer.Ttl, peer.Now), ref tally)
            : InPlaceResult.NotPossible;
    }

    /// <summary>See <see cref="AddressRules.Refresh"/>.</summary>
    public static InPlaceResult TryRefresh(
        in PeerInPlace peer, StoredEnvelope offer, out (RecordOutcome Outcome, AddressTally Addresses) result)
    {
        result = (RecordOutcome.Refreshed, default);
        var record = new RecordView(peer[EntrySection.Record]);
        if (!AddressRules.IsStored(record, offer, peer.Now))
        {
            result.Outcome = RecordOutcome.None;
            return InPlaceResult.Unchanged;
        }

        var addresses = Begin(peer, stackalloc (int, int)[MaxAddresses]);
        return addresses.TryRead(peer, AddressSource.Certified) && addresses.TryFindAll(record)
            ? TryExtend(addresses, new(offer.Ttl, peer.Now), ref result.Addresses)
            : InPlaceResult.NotPossible;
    }

    /// <summary>See <see cref="AddressRules.Update"/>.</summary>
    public static InPlaceResult TryUpdate(in PeerInPlace peer, TimeSpan oldTtl, TimeSpan newTtl, out AddressTally tally)
    {
        tally = default;
        if (!SharedLifetime.TryFind(peer[EntrySection.Addresses], out var stored))
        {
            return InPlaceResult.NotPossible;
        }

        return stored.Ttl == oldTtl.Ticks
            ? TryReplace(peer, stored, new(newTtl, peer.Now), ref tally)
            : InPlaceResult.Unchanged;
    }

    /// <summary>The addresses of a peer; none, of which nothing is found, where they do not share a lifetime.</summary>
    private static SharedAddresses Begin(in PeerInPlace peer, Span<(int Start, int Length)> ranges) =>
        SharedLifetime.TryFind(peer[EntrySection.Addresses], out var stored) ? new(stored, ranges) : default;

    /// <summary>Lengthens the lifetime of all, where all were offered, or of none, where none ends before.</summary>
    private static InPlaceResult TryExtend(in SharedAddresses addresses, Lifetime given, ref AddressTally tally)
    {
        var stored = addresses.Lifetime;
        var isLonger = given.Ttl > stored.Ttl || given.Expires > stored.Expires;
        if (given.IsOver || given.IsEndless || (isLonger && !addresses.IsEveryOne))
        {
            return InPlaceResult.NotPossible;
        }

        tally.Count(isLonger ? AddressChange.Renewed : AddressChange.Unchanged, addresses.Offered);
        if (!isLonger)
        {
            return InPlaceResult.Unchanged;
        }

        stored.Set(Math.Max(given.Ttl, stored.Ttl), Math.Max(given.Expires, stored.Expires));
        return InPlaceResult.Renewed;
    }

    /// <summary>Gives all another lifetime; those that from now on have an end need places.</summary>
    private static InPlaceResult TryReplace(
        in PeerInPlace peer, SharedLifetime stored, Lifetime given, ref AddressTally tally)
    {
        var number = stored.CountAddresses();
        if (given.IsOver
            || (given.IsEndless && !stored.IsEndless && number > peer.Options.MaxEndlessAddressesPerPeer)
            || (stored.IsEndless && !given.IsEndless && !peer.Places.TryTakeAddresses(number)))
        {
            return InPlaceResult.NotPossible;
        }

        if (given.IsEndless && !stored.IsEndless)
        {
            peer.Places.GiveAddresses(number);
        }

        stored.Set(given.Ttl, given.Expires);
        tally.Count(AddressChange.Renewed, number);
        return InPlaceResult.Renewed;
    }
}
