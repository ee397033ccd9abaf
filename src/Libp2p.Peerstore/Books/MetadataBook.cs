using System.Text;

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
        var (name, stored) = (Encode(key), Serializer.Serialize(value));
        var outcome = engine.Change(
            peer,
            (Name: name, stored, engine.Options),
            static (in change, offer) =>
            {
                var outcome = BookRules.Check(change.Entry.Metadata, offer.Name, offer.stored, offer.Options);
                if (outcome == MetadataOutcome.Stored)
                {
                    change.Entry.SetMetadata(offer.Name, offer.stored);
                }

                return outcome;
            },
            MetadataOutcome.NoRoom,
            cancellationToken);
        PeerstoreMeter.CountRefused(
            BookRules.SizeLimit(name, stored, engine.Options), outcome == MetadataOutcome.TooLarge ? 1 : 0);
        PeerstoreMeter.CountRefused(
            nameof(PeerstoreOptions.MaxMetadataKeysPerPeer), outcome == MetadataOutcome.TooMany ? 1 : 0);
        return engine.AcknowledgeAsync(peer, outcome, cancellationToken);
    }

    public ValueTask RemoveAsync(PeerId peer, string key, CancellationToken cancellationToken = default)
    {
        Require.WellFormed(key, nameof(key));
        engine.ChangeKnown(
            peer,
            Encode(key),
            static (in change, name) =>
            {
                change.Entry.RemoveMetadata(name);
                return true;
            },
            cancellationToken);
        return engine.AcknowledgeAsync(peer, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> GetKeysAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(
            peer,
            state: true,
            static (in view, _, _) => MetadataTable.KeysOf(view[EntrySection.Metadata]),
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
        return engine.AcknowledgeAsync(peer, cancellationToken);
    }

    private MetadataValue<T> Find<T>(PeerId peer, string key, CancellationToken cancellationToken)
    {
        Require.WellFormed(key, nameof(key));
        var stored = engine.Read(
            peer,
            key,
            static (in view, key, _) => FindLocked(view, key),
            cancellationToken);
        return stored is { } found ? new(Serializer.Deserialize<T>(found, peer, key)) : default;
    }

    /// <summary>The name of a value as it is stored.</summary>
    public static byte[] Encode(string key) => Encoding.UTF8.GetBytes(key);

    private static StoredValue? FindLocked(in PeerView view, string key)
    {
        const int OnStack = 256;
        var longest = Encoding.UTF8.GetMaxByteCount(key.Length);
        var buffer = longest <= OnStack ? stackalloc byte[OnStack] : new byte[longest];
        var name = buffer[..Encoding.UTF8.GetBytes(key, buffer)];
        return MetadataTable.TryFind(view[EntrySection.Metadata], name, out var value) ? value : null;
    }
}
