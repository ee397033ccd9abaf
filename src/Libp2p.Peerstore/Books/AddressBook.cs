using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>The addresses in the engine.</summary>
internal sealed partial class AddressBook(PeerstoreEngine engine) : IAddressBook
{
    private static readonly Shard.Changing<(PeerId Peer, IReadOnlyList<Multiaddr> Addresses, TimeSpan Ttl), AddressChanges>
        Adding = static (in change, offer) => AddAll(change, offer.Peer, offer.Addresses, offer.Ttl, AddressSource.Added);

    private static readonly Shard.Changing<(PeerId Peer, IReadOnlyList<Multiaddr> Addresses, TimeSpan Ttl), AddressChanges>
        Setting = static (in change, offer) => SetAll(change, offer.Peer, offer.Addresses, offer.Ttl);

    private static readonly Shard.Changing<(PeerId Peer, IReadOnlyList<Multiaddr> Addresses, TimeSpan Ttl), AddressChanges>
        Announcing = static (in change, offer) => AnnounceAll(change, offer.Peer, offer.Addresses, offer.Ttl);

    public ValueTask<AddressChanges> AddAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        ChangeAll(peer, addresses, ttl, Adding, cancellationToken);

    public ValueTask<AddressChanges> SetAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        ChangeAll(peer, addresses, ttl, Setting, cancellationToken);

    public ValueTask<AddressChanges> AnnounceAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        ChangeAll(peer, addresses, ttl, Announcing, cancellationToken);

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
                var changes = change.Entry.Addresses.Update(ttl.oldTtl.Ticks, new Lifetime(ttl.newTtl, change.Now));
                change.Entry.DropRecordWithoutAddresses();
                return changes;
            },
            cancellationToken));
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

    private ValueTask<AddressChanges> ChangeAll(
        PeerId peer,
        IReadOnlyList<Multiaddr> addresses,
        TimeSpan ttl,
        Shard.Changing<(PeerId, IReadOnlyList<Multiaddr>, TimeSpan), AddressChanges> change,
        CancellationToken cancellationToken)
    {
        Require.Peer(peer);
        ArgumentNullException.ThrowIfNull(addresses);
        engine.MakeRoomFor(addresses.Count);
        var changes = engine.Change(peer, (peer, addresses, ttl), change, cancellationToken);
        Meter(changes);
        return new(changes);
    }

    private static void Meter(AddressChanges changes)
    {
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxAddresses), changes.NoRoom);
        PeerstoreMeter.CountEvicted(nameof(PeerstoreOptions.MaxAddressesPerPeer), changes.Evicted);
    }

    private static AddressChanges AddAll(
        in PeerChange change, PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, AddressSource source)
    {
        var tally = new AddressTally();
        var lifetime = new Lifetime(ttl, change.Now);
        for (var i = 0; !lifetime.IsOver && i < addresses.Count; i++)
        {
            var refusal = OwnAddress.Of(peer, addresses[i], out var address);
            var outcome = refusal == AddressChange.None ? change.Entry.Add(address, lifetime, source) : refusal;
            tally.Count(outcome);
            AnnounceNew(change, address, outcome);
        }

        change.Entry.DropRecordWithoutAddresses();
        return tally.ToChanges();
    }

    private static AddressChanges SetAll(
        in PeerChange change, PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var tally = new AddressTally();
        var lifetime = new Lifetime(ttl, change.Now);
        for (var i = 0; i < addresses.Count; i++)
        {
            var refusal = OwnAddress.Of(peer, addresses[i], out var address);
            var outcome = refusal == AddressChange.None ? change.Entry.Set(address, lifetime) : refusal;
            tally.Count(outcome);
            AnnounceNew(change, address, outcome);
        }

        change.Entry.DropRecordWithoutAddresses();
        return tally.ToChanges();
    }

    private static AddressChanges AnnounceAll(
        in PeerChange change, PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var said = OwnAddress.AllOf(peer, addresses);
        var removed = change.Entry.Addresses.Disown(AddressSource.Announced, said, DisownedRule.DropOrphans);
        var changes = AddAll(change, peer, addresses, ttl, AddressSource.Announced);
        return changes with { Removed = changes.Removed + removed };
    }

    private static void AnnounceNew(in PeerChange change, Multiaddr address, AddressChange outcome)
    {
        if (outcome is AddressChange.Added or AddressChange.AddedInPlaceOfAnother)
        {
            change.Announce(address);
        }
    }
}
