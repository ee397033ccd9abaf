namespace Libp2p.Peerstore;

/// <summary>The protocols in the engine.</summary>
internal sealed class ProtocolBook(PeerstoreEngine engine) : IProtocolBook
{
    public ValueTask<IReadOnlyList<string>> GetAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(SetOf(peer, cancellationToken).All);

    public ValueTask<ProtocolOutcome> AddAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default) =>
        Store(peer, protocols, keepFormer: true, cancellationToken);

    public ValueTask<ProtocolOutcome> SetAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default) =>
        Store(peer, protocols, keepFormer: false, cancellationToken);

    public ValueTask RemoveAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        // Where there is no room for the smaller set, the peer keeps none: what was to be removed must not stay.
        engine.ChangeKnown(
            peer,
            Require.ProtocolIds(protocols),
            static (in change, removed) =>
                change.Entry.TrySetProtocols(BookRules.Without(change.Entry.Protocols.Sorted, removed))
                || change.Entry.TrySetProtocols([]),
            cancellationToken);
        return engine.AcknowledgeAsync(peer, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> GetSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        Require.ProtocolQuestion(protocols);
        return new(SetOf(peer, cancellationToken).FindAll(protocols));
    }

    public ValueTask<string?> GetFirstSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        Require.ProtocolQuestion(protocols);
        return new(SetOf(peer, cancellationToken).FindFirst(protocols));
    }

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.ChangeKnown(
            peer, state: true, static (in change, _) => change.Entry.TrySetProtocols([]), cancellationToken);
        return engine.AcknowledgeAsync(peer, cancellationToken);
    }

    private ProtocolSet SetOf(in PeerId peer, CancellationToken cancellationToken) =>
        engine.Read(peer, state: true, static (in view, _, _) => view.Protocols, cancellationToken);

    private ValueTask<ProtocolOutcome> Store(
        in PeerId peer, IReadOnlyList<string> protocols, bool keepFormer, CancellationToken cancellationToken)
    {
        Require.Peer(peer);
        var offered = Require.ProtocolIds(protocols);
        if (!BookRules.AreShortEnough(offered, engine.Options))
        {
            PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxProtocolIdLength));
            return new(ProtocolOutcome.TooLong);
        }

        var outcome = engine.Change(
            peer,
            (offered, keepFormer, engine.Options),
            static (in change, offer) =>
            {
                var former = offer.keepFormer ? change.Entry.Protocols.Sorted : [];
                if (BookRules.Join(former, offer.offered, offer.Options) is not { } joined)
                {
                    return ProtocolOutcome.TooMany;
                }

                return change.Entry.TrySetProtocols(joined) ? ProtocolOutcome.Stored : ProtocolOutcome.NoRoom;
            },
            ProtocolOutcome.NoRoom,
            cancellationToken);
        PeerstoreMeter.CountRefused(
            nameof(PeerstoreOptions.MaxProtocolsPerPeer), outcome == ProtocolOutcome.TooMany ? 1 : 0);
        return engine.AcknowledgeAsync(peer, outcome, cancellationToken);
    }
}
