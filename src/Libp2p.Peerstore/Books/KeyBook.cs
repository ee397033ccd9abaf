using System.Security.Cryptography;

namespace Libp2p.Peerstore;

/// <summary>The keys in the engine. A key that the peer ID holds is noted, not stored a second time.</summary>
internal sealed class KeyBook(PeerstoreEngine engine) : IKeyBook
{
    public ValueTask<PublicKey?> GetPublicKeyAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        if (peer.TryGetPublicKey(out var held))
        {
            cancellationToken.ThrowIfCancellationRequested();
            engine.ThrowIfClosed();
            return new(held);
        }

        var stored = engine.Read(
            peer, state: true, static (in view, _, _) => view[EntrySection.PublicKey].ToArray(), cancellationToken);
        return new(PublicKey.TryDecode(stored, out var key) ? key : null);
    }

    public ValueTask<BookOutcome> AddPublicKeyAsync(
        PeerId peer, PublicKey key, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        Require.KeyOf(peer, key);
        var outcome = engine.Change(
            peer,
            OutsideId(peer, key),
            static (in change, key) =>
            {
                change.Entry.SetPublicKey(key);
                return BookOutcome.Stored;
            },
            BookOutcome.NoRoom,
            cancellationToken);
        return engine.AcknowledgeAsync(peer, outcome, cancellationToken);
    }

    public ValueTask<PrivateKey?> GetPrivateKeyAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        var stored = engine.Read(
            peer, state: true, static (in view, _, _) => view[EntrySection.PrivateKey].ToArray(), cancellationToken);
        var isThere = PrivateKey.TryDecode(stored, out var key);
        CryptographicOperations.ZeroMemory(stored);
        return new(isThere ? key : null);
    }

    public ValueTask<BookOutcome> AddPrivateKeyAsync(
        PeerId peer, PrivateKey key, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        Require.KeyOf(peer, key?.PublicKey!, nameof(key));
        engine.Journal?.ThrowIfTakingNoPrivateKeys();
        var outcome = engine.Change(
            peer,
            key!.Encode(),
            static (in change, key) =>
            {
                change.Entry.SetPrivateKey(key);
                return BookOutcome.Stored;
            },
            BookOutcome.NoRoom,
            cancellationToken);
        return engine.AcknowledgeAsync(peer, outcome, cancellationToken);
    }

    /// <summary>The bytes of a key that its peer's ID does not hold; none of one that it does.</summary>
    public static byte[] OutsideId(in PeerId peer, PublicKey key) =>
        peer.TryGetPublicKey(out _) ? [] : key.Encoded.ToArray();

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        engine.ListAsync(static (in view, _) => view.HasKeys, cancellationToken);

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
        return engine.AcknowledgeAsync(peer, cancellationToken);
    }
}
