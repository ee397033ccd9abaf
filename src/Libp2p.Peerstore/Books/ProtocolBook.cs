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
        engine.Change(
            peer,
            Copy(protocols),
            static (in change, protocols) =>
            {
                change.Entry.SetProtocols([.. change.Entry.Protocols.Except(protocols, StringComparer.Ordinal)]);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> GetSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        var asked = Copy(protocols);
        var known = Protocols(peer, cancellationToken);
        return new(asked.Where(protocol => IsIn(known, protocol)).ToArray());
    }

    public ValueTask<string?> GetFirstSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default)
    {
        var asked = Copy(protocols);
        var known = Protocols(peer, cancellationToken);
        return new(asked.FirstOrDefault(protocol => IsIn(known, protocol)));
    }

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.Change(
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
        var offered = Copy(protocols);
        var options = engine.Options;
        if (offered.Any(protocol => protocol.Length > options.MaxProtocolIdLength))
        {
            PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxProtocolIdLength));
            return new(ProtocolOutcome.TooLong);
        }

        var outcome = engine.Change(
            peer,
            (offered, keepFormer, options.MaxProtocolsPerPeer),
            static (in change, offer) =>
            {
                var former = offer.keepFormer ? change.Entry.Protocols : [];
                var sorted = former.Union(offer.offered, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
                if (sorted.Length > offer.MaxProtocolsPerPeer)
                {
                    return ProtocolOutcome.TooMany;
                }

                change.Entry.SetProtocols(sorted);
                return ProtocolOutcome.Stored;
            },
            cancellationToken);
        PeerstoreMeter.CountRefused(
            nameof(PeerstoreOptions.MaxProtocolsPerPeer), outcome == ProtocolOutcome.TooMany ? 1 : 0);
        return new(outcome);
    }

    private static bool IsIn(string[] sorted, string protocol) =>
        Array.BinarySearch(sorted, protocol, StringComparer.Ordinal) >= 0;

    /// <summary>Copies a caller's list before any lock is taken: it is foreign code.</summary>
    private static string[] Copy(IReadOnlyList<string> protocols)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        string[] copy = [.. protocols];
        foreach (var protocol in copy)
        {
            Require.WellFormed(protocol, nameof(protocols));
        }

        return copy;
    }
}
