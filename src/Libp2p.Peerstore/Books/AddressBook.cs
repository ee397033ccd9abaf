using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>The addresses in the engine.</summary>
internal sealed partial class AddressBook(PeerstoreEngine engine) : IAddressBook
{
    internal static readonly ChangeRule<AddressOffer, AddressTally> Adding = new(
        static (in change, offer) => AddressRules.Add(change, offer, AddressSource.Added),
        SharedLifetimeRules.TryAdd);

    internal static readonly ChangeRule<AddressOffer, AddressTally> Setting = new(AddressRules.Set, SharedLifetimeRules.TrySet);

    internal static readonly ChangeRule<AddressOffer, AddressTally> Announcing = new(AddressRules.Announce, SharedLifetimeRules.TryAnnounce);

    internal static readonly ChangeRule<(TimeSpan Old, TimeSpan New), AddressTally> Updating = new(
        static (in change, ttl) => AddressRules.Update(change, ttl.Old, ttl.New),
        static (in peer, ttl, out tally) => SharedLifetimeRules.TryUpdate(peer, ttl.Old, ttl.New, out tally));

    internal static readonly ChangeRule<StoredEnvelope, (RecordOutcome Outcome, AddressTally Addresses)> Refreshing = new(
        AddressRules.Refresh, SharedLifetimeRules.TryRefresh);

    public ValueTask<AddressChanges> AddAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, Adding, cancellationToken);

    public ValueTask<AddressChanges> SetAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, Setting, cancellationToken);

    public ValueTask<AddressChanges> AnnounceAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        Take(peer, addresses, ttl, Announcing, cancellationToken);

    public ValueTask<AddressChanges> UpdateAsync(
        PeerId peer, TimeSpan oldTtl, TimeSpan newTtl, CancellationToken cancellationToken = default) =>
        engine.AcknowledgeAsync(
            peer,
            engine.ChangeKnown(peer, (oldTtl, newTtl), Updating, cancellationToken).ToChanges(),
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
        ChangeRule<AddressOffer, AddressTally> change,
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
