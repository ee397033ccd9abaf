using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>The addresses in the engine.</summary>
internal sealed partial class AddressBook(PeerstoreEngine engine) : IAddressBook
{
    public ValueTask<AddressChanges> AddAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, static (in change, offer) => AddAll(change, offer, AddressSource.Added), cancellationToken);

    public ValueTask<AddressChanges> SetAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, SetAll, cancellationToken);

    public ValueTask<AddressChanges> AnnounceAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, AnnounceAll, cancellationToken);

    public ValueTask<AddressChanges> UpdateAsync(
        PeerId peer, TimeSpan oldTtl, TimeSpan newTtl, CancellationToken cancellationToken = default)
    {
        if (AddressTtl.IsEndless(oldTtl) && !AddressTtl.IsEndless(newTtl))
        {
            engine.MakeRoomFor(engine.Read(peer, state: true, static (entry, _, _) => entry?.Addresses.Count ?? 0, cancellationToken));
        }

        return new(engine.Change(
            peer,
            (oldTtl, newTtl),
            static (in change, ttl) =>
            {
                var tally = change.Entry.Addresses.Update(ttl.oldTtl.Ticks, new Lifetime(ttl.newTtl, change.Now));
                change.Entry.DropRecordWithoutAddresses();
                return tally;
            },
            cancellationToken).ToChanges());
    }

    public ValueTask ClearAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.Change(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.Addresses.Clear();
                change.Entry.DropRecordWithoutAddresses();
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<Multiaddr>> GetAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        var live = engine.Read(peer, state: true, static (entry, _, now) => AddressRanking.Live(entry, now), cancellationToken);
        return new(Array.ConvertAll(live, static entry => entry.Address));
    }

    public ValueTask<IReadOnlyList<AddressDetails>> GetDetailsAsync(
        PeerId peer, CancellationToken cancellationToken = default)
    {
        var live = engine.Read(peer, state: true, static (entry, _, now) => AddressRanking.Live(entry, now), cancellationToken);
        return new(Array.ConvertAll(live, static entry => entry.ToDetails()));
    }

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        engine.ListAsync(static (entry, now) => entry.Addresses.HasLive(now), cancellationToken);

    public bool TryGetCertified([NotNullWhen(true)] out ICertifiedAddressBook? certified)
    {
        certified = this;
        return true;
    }

    private ValueTask<AddressChanges> Take(
        PeerId peer,
        IReadOnlyList<Multiaddr> addresses,
        TimeSpan ttl,
        Shard.Changing<AddressOffer, AddressTally> change,
        CancellationToken cancellationToken)
    {
        Require.Peer(peer);
        ArgumentNullException.ThrowIfNull(addresses);
        var offer = new AddressOffer(peer, addresses, ttl);
        engine.MakeRoomFor(offer.Own.Count);
        return new(engine.Change(peer, offer, change, cancellationToken).ToChanges());
    }

    private static AddressTally AddAll(in PeerChange change, AddressOffer offer, AddressSource source)
    {
        var tally = offer.Refused;
        var lifetime = new Lifetime(offer.Ttl, change.Now);
        for (var i = 0; !lifetime.IsOver && i < offer.Own.Count; i++)
        {
            var outcome = change.Entry.Add(offer.Own[i], lifetime, source);
            tally.Count(outcome);
            AnnounceNew(change, offer.Own[i], outcome);
        }

        change.Entry.DropRecordWithoutAddresses();
        return tally;
    }

    private static AddressTally SetAll(in PeerChange change, AddressOffer offer)
    {
        var tally = offer.Refused;
        var lifetime = new Lifetime(offer.Ttl, change.Now);
        foreach (var address in offer.Own)
        {
            var outcome = change.Entry.Set(address, lifetime);
            tally.Count(outcome);
            AnnounceNew(change, address, outcome);
        }

        change.Entry.DropRecordWithoutAddresses();
        return tally;
    }

    private static AddressTally AnnounceAll(in PeerChange change, AddressOffer offer)
    {
        var removed = change.Entry.Addresses.Disown(AddressSource.Announced, offer.Own, DisownedRule.DropOrphans);
        var tally = AddAll(change, offer, AddressSource.Announced);
        tally.CountRemoved(removed);
        return tally;
    }

    private static void AnnounceNew(in PeerChange change, Multiaddr address, AddressChange outcome)
    {
        if (outcome is AddressChange.Added or AddressChange.AddedInPlaceOfAnother)
        {
            change.Announce(address);
        }
    }
}
