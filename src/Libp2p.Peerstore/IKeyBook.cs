namespace Libp2p.Peerstore;

/// <summary>The keys of peers.</summary>
/// <remarks>A public key that a peer ID holds within itself is answered without having been added.</remarks>
public interface IKeyBook
{
    /// <summary>Gets the public key of a peer: stored, or held by the ID itself.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The key, or null where it is not known.</returns>
    ValueTask<PublicKey?> GetPublicKeyAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Stores the public key of a peer.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>Whether it was stored, or which limit forbade it.</returns>
    /// <exception cref="ArgumentException">The key does not belong to the peer ID, or that is empty.</exception>
    ValueTask<BookOutcome> AddPublicKeyAsync(PeerId peer, PublicKey key, CancellationToken cancellationToken = default);

    /// <summary>Gets the private key of a peer, where it is known: usually only the node's own.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The key, or null where it is not known.</returns>
    ValueTask<PrivateKey?> GetPrivateKeyAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Stores the private key of a peer. Its public half is not stored with it.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>Whether it was stored, or which limit forbade it.</returns>
    /// <exception cref="ArgumentException">The key does not belong to the peer ID, or that is empty.</exception>
    ValueTask<BookOutcome> AddPrivateKeyAsync(PeerId peer, PrivateKey key, CancellationToken cancellationToken = default);

    /// <summary>Lists the peers of which a key was stored, in no particular order.</summary>
    /// <inheritdoc cref="IPeerstore.GetPeersAsync" path="/param|/returns"/>
    IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes the keys of a peer.</summary>
    /// <param name="peer">The peer. One that is unknown is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default);
}
