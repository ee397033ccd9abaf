namespace Libp2p.Peerstore;

/// <summary>The keys in the engine. A key that the peer ID holds is noted, not stored a second time.</summary>
internal sealed class KeyBook(PeerstoreEngine engine) : IKeyBook
{
    public ValueTask<PublicKey?> GetPublicKeyAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        var stored = engine.Read(peer, state: true, static (entry, _, _) => entry?.PublicKey, cancellationToken);
        if (stored is null && peer.TryGetPublicKey(out var held))
        {
            return new(held);
        }

        return new(stored);
    }

    public ValueTask AddPublicKeyAsync(PeerId peer, PublicKey key, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        ArgumentNullException.ThrowIfNull(key);
        ThrowIfForeign(peer, key, nameof(key));
        engine.Change(
            peer,
            peer.TryGetPublicKey(out _) ? null : key,
            static (in change, key) =>
            {
                change.Entry.SetPublicKey(key);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<PrivateKey?> GetPrivateKeyAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(peer, state: true, static (entry, _, _) => entry?.PrivateKey, cancellationToken));

    public ValueTask AddPrivateKeyAsync(PeerId peer, PrivateKey key, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        ArgumentNullException.ThrowIfNull(key);
        ThrowIfForeign(peer, key.PublicKey, nameof(key));
        engine.Change(
            peer,
            key,
            static (in change, key) =>
            {
                change.Entry.SetPrivateKey(key);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        engine.ListAsync(static (entry, _) => entry.HasKeys, cancellationToken);

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.Change(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.RemoveKeys();
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    private static void ThrowIfForeign(PeerId peer, PublicKey key, string name)
    {
        if (!peer.Matches(key))
        {
            throw new ArgumentException($"The key is not that of peer {peer}: its ID is {PeerId.FromPublicKey(key)}.", name);
        }
    }
}
