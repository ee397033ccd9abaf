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
        return AreAllStored(peer, offer.Own, AddressSource.Added, out var stored, out var isEveryOne)
            ? TryExtend(peer, stored, offer, isEveryOne, ref tally)
            : InPlaceResult.NotPossible;
    }

    /// <summary>See <see cref="AddressRules.Announce"/>.</summary>
    public static InPlaceResult TryAnnounce(in PeerInPlace peer, AddressOffer offer, out AddressTally tally)
    {
        tally = offer.Refused;
        return AreAllStored(peer, offer.Own, AddressSource.Announced, out var stored, out var isEveryOne) && isEveryOne
            ? TryExtend(peer, stored, offer, isEveryOne, ref tally)
            : InPlaceResult.NotPossible;
    }

    /// <summary>See <see cref="AddressRules.Set"/>.</summary>
    public static InPlaceResult TrySet(in PeerInPlace peer, AddressOffer offer, out AddressTally tally)
    {
        tally = offer.Refused;
        return AreAllStored(peer, offer.Own, AddressSource.Added, out var stored, out var isEveryOne) && isEveryOne
            ? TryReplace(peer, stored, new(offer.Ttl, peer.Now), ref tally)
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

    /// <summary>Lengthens the lifetime of all, where all were offered, or of none, where none ends before.</summary>
    private static InPlaceResult TryExtend(
        in PeerInPlace peer, SharedLifetime stored, AddressOffer offer, bool isEveryOne, ref AddressTally tally)
    {
        var given = new Lifetime(offer.Ttl, peer.Now);
        var isLonger = given.Ttl > stored.Ttl || given.Expires > stored.Expires;
        if (given.IsOver || given.IsEndless || (isLonger && !isEveryOne))
        {
            return InPlaceResult.NotPossible;
        }

        tally.Count(isLonger ? AddressChange.Renewed : AddressChange.Unchanged, offer.Own.Length);
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

    /// <summary>Whether all that are offered are stored, from this source, too; and whether they are all that are stored, each once.</summary>
    private static bool AreAllStored(
        in PeerInPlace peer,
        ReadOnlySpan<Multiaddr> offered,
        AddressSource source,
        out SharedLifetime stored,
        out bool isEveryOne)
    {
        isEveryOne = false;
        if (!SharedLifetime.TryFind(peer[EntrySection.Addresses], out stored) || offered.Length > MaxAddresses)
        {
            return false;
        }

        Span<(int Start, int Length)> ranges = stackalloc (int, int)[MaxAddresses];
        var count = 0;
        var addresses = stored.Addresses;
        while (addresses.MoveNext())
        {
            // What a record names is certified, whoever brings it: that is found out on the copy.
            if (count == MaxAddresses || !addresses.Source.HasFlag(source)
                || (!addresses.Source.HasFlag(AddressSource.Certified) && peer.Has(EntrySection.Record)))
            {
                return false;
            }

            ranges[count++] = addresses.Range;
        }

        var found = 0u;
        foreach (ref readonly var address in offered)
        {
            var index = IndexOf(address.Bytes, stored.Body, ranges[..count]);
            if (index < 0)
            {
                return false;
            }

            found |= 1u << index;
        }

        isEveryOne = offered.Length == count && found == (1u << count) - 1;
        return true;
    }

    private static int IndexOf(ReadOnlySpan<byte> address, ReadOnlySpan<byte> body, ReadOnlySpan<(int Start, int Length)> ranges)
    {
        for (var i = 0; i < ranges.Length; i++)
        {
            if (ranges[i].Length == address.Length && body.Slice(ranges[i].Start, ranges[i].Length).SequenceEqual(address))
            {
                return i;
            }
        }

        return -1;
    }
}
