namespace Libp2p.Peerstore;

/// <summary>The named values in the engine.</summary>
internal sealed class MetadataBook(PeerstoreEngine engine) : IMetadataBook
{
    public MetadataSerializer Serializer { get; } = new(engine.Options.MetadataTypes);

    public ValueTask<MetadataValue<T>> TryGetAsync<T>(
        PeerId peer, string key, CancellationToken cancellationToken = default) =>
        new(Find<T>(peer, key, cancellationToken));

    public ValueTask<T> GetAsync<T>(PeerId peer, string key, CancellationToken cancellationToken = default) =>
        Find<T>(peer, key, cancellationToken).TryGet(out var value)
            ? new(value)
            : throw new MetadataNotFoundException(peer, key);

    public ValueTask<MetadataOutcome> SetAsync<T>(
        PeerId peer, string key, T value, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        Require.WellFormed(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        var stored = Serializer.Serialize(value);
        var outcome = engine.Change(
            peer,
            (key, stored, engine.Options),
            static (in change, offer) =>
            {
                var outcome = BookRules.Check(change.Entry.Metadata, offer.key, offer.stored, offer.Options);
                if (outcome == MetadataOutcome.Stored)
                {
                    change.Entry.SetMetadata(offer.key, offer.stored);
                }

                return outcome;
            },
            MetadataOutcome.NoRoom,
            cancellationToken);
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxMetadataBytes), outcome == MetadataOutcome.TooLarge ? 1 : 0);
        PeerstoreMeter.CountRefused(
            nameof(PeerstoreOptions.MaxMetadataKeysPerPeer), outcome == MetadataOutcome.TooMany ? 1 : 0);
        return new(outcome);
    }

    public ValueTask RemoveAsync(PeerId peer, string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        engine.ChangeKnown(
            peer,
            key,
            static (in change, key) =>
            {
                change.Entry.RemoveMetadata(key);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<string>> GetKeysAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(
            peer,
            state: true,
            static (entry, _, _) =>
                entry?.Metadata is { } values ? values.Keys.Order(StringComparer.Ordinal).ToArray() : [],
            cancellationToken));

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.ChangeKnown(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.RemoveAllMetadata();
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    private MetadataValue<T> Find<T>(PeerId peer, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var stored = engine.Read(
            peer,
            key,
            static (entry, key, _) =>
                entry?.Metadata is { } values && values.TryGetValue(key, out var value) ? value : (StoredValue?)null,
            cancellationToken);
        return stored is { } found ? new(Serializer.Deserialize<T>(found, peer, key)) : default;
    }
}
