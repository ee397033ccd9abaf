namespace Libp2p.Peerstore;

/// <summary>The protocols in the engine.</summary>
internal sealed class ProtocolBook(PeerstoreEngine engine) : IProtocolBook
{
    public ValueTask<IReadOnlyList<string>> GetAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(Protocols(peer, cancellationToken));

    public ValueTask<ProtocolOutcome> AddAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default) =>
        Store(peer, protocols, keepFormer: true, cancellationToken);

    public ValueTask<ProtocolOutcome> SetAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default) =>
        Store(peer, protocols, keepFormer: false, cancellationToken);

    public ValueTask RemoveAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        engine.ChangeKnown(
            peer,
            Require.ProtocolIds(protocols),
            static (in change, removed) =>
            {
                change.Entry.SetProtocols(BookRules.Without(change.Entry.Protocols, removed));
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> GetSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        var asked = Require.ProtocolIds(protocols);
        var known = Protocols(peer, cancellationToken);
        return new(asked.Where(protocol => IsIn(known, protocol)).ToArray());
    }

    public ValueTask<string?> GetFirstSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        var asked = Require.ProtocolIds(protocols);
        var known = Protocols(peer, cancellationToken);
        return new(asked.FirstOrDefault(protocol => IsIn(known, protocol)));
    }

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.ChangeKnown(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.SetProtocols([]);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    private string[] Protocols(PeerId peer, CancellationToken cancellationToken) =>
        engine.Read(peer, state: true, static (entry, _, _) => entry?.Protocols ?? [], cancellationToken);

    private ValueTask<ProtocolOutcome> Store(
        PeerId peer, IReadOnlyList<string> protocols, bool keepFormer, CancellationToken cancellationToken)
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
                if (BookRules.Join(offer.keepFormer ? change.Entry.Protocols : [], offer.offered, offer.Options) is not { } joined)
                {
                    return ProtocolOutcome.TooMany;
                }

                change.Entry.SetProtocols(joined);
                return ProtocolOutcome.Stored;
            },
            ProtocolOutcome.NoRoom,
            cancellationToken);
        PeerstoreMeter.CountRefused(
            nameof(PeerstoreOptions.MaxProtocolsPerPeer), outcome == ProtocolOutcome.TooMany ? 1 : 0);
        return new(outcome);
    }

    private static bool IsIn(string[] sorted, string protocol) =>
        Array.BinarySearch(sorted, protocol, StringComparer.Ordinal) >= 0;
}
