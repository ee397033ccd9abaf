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

    public ValueTask<BookOutcome> AddPublicKeyAsync(
        PeerId peer, PublicKey key, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        Require.KeyOf(peer, key);
        return new(engine.Change(
            peer,
            peer.TryGetPublicKey(out _) ? null : key,
            static (in change, key) =>
            {
                change.Entry.SetPublicKey(key);
                return BookOutcome.Stored;
            },
            BookOutcome.NoRoom,
            cancellationToken));
    }

    public ValueTask<PrivateKey?> GetPrivateKeyAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        new(engine.Read(peer, state: true, static (entry, _, _) => entry?.PrivateKey, cancellationToken));

    public ValueTask<BookOutcome> AddPrivateKeyAsync(
        PeerId peer, PrivateKey key, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        Require.KeyOf(peer, key?.PublicKey!, nameof(key));
        return new(engine.Change(
            peer,
            key!,
            static (in change, key) =>
            {
                change.Entry.SetPrivateKey(key);
                return BookOutcome.Stored;
            },
            BookOutcome.NoRoom,
            cancellationToken));
    }

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        engine.ListAsync(static (entry, _) => entry.HasKeys, cancellationToken);

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.ChangeKnown(
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
}
