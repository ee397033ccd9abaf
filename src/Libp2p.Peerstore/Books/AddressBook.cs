using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>The addresses in the engine.</summary>
internal sealed partial class AddressBook(PeerstoreEngine engine) : IAddressBook
{
    public ValueTask<AddressChanges> AddAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, static (in change, offer) => AddressRules.Add(change, offer, AddressSource.Added), cancellationToken);

    public ValueTask<AddressChanges> SetAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, AddressRules.Set, cancellationToken);

    public ValueTask<AddressChanges> AnnounceAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, AddressRules.Announce, cancellationToken);

    public ValueTask<AddressChanges> UpdateAsync(
        PeerId peer, TimeSpan oldTtl, TimeSpan newTtl, CancellationToken cancellationToken = default) =>
        engine.AcknowledgeAsync(
            peer,
            engine.ChangeKnown(
                peer,
                (oldTtl, newTtl),
                static (in change, ttl) => AddressRules.Update(change, ttl.oldTtl, ttl.newTtl),
                cancellationToken).ToChanges(),
            cancellationToken);

    public ValueTask ClearAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.ChangeKnown(peer, state: true, static (in change, _) => AddressRules.Clear(change), cancellationToken);
        return engine.AcknowledgeAsync(peer, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Multiaddr>> GetAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(peer, state: true, static (in view, _, now) => LiveAddresses.Copy(view, now), cancellationToken));

    public ValueTask<IReadOnlyList<AddressDetails>> GetDetailsAsync(
        PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(
            peer, state: true, static (in view, _, now) => LiveAddresses.CopyDetails(view, now), cancellationToken));

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        engine.ListAsync(static (in view, now) => view.HasLive(now), cancellationToken);

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
        var whenFull = offer.Refused.RefusedForWantOfPeers(offer.Own.Length);
        var changes = engine.Change(peer, offer, change, whenFull, cancellationToken).ToChanges();
        return engine.AcknowledgeAsync(peer, changes, cancellationToken);
    }
}
