namespace Libp2p.Peerstore;

/// <summary>What stands behind the engine and keeps what it is told: nothing for a store in memory, a file otherwise.</summary>
internal interface IPeerJournal
{
    /// <summary>
    /// Something about a peer changed. Called under the gate of the peer's shard: it notes the peer and returns; it
    /// calls nothing of the engine, waits for nothing and throws nothing.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="isOnlyRenewed">Whether nothing changed but how long addresses live.</param>
    void OnChanged(in PeerId peer, bool isOnlyRenewed);

    /// <summary>Refuses a change before it is made: what is noted cannot be written, and no more of it is kept.</summary>
    /// <param name="mayAdd">Whether the change may add something: of a journal that is full, what removes is taken.</param>
    /// <exception cref="PeerstoreException">That is so; the message says why.</exception>
    void ThrowIfRefusing(bool mayAdd);

    /// <summary>Refuses a private key before it is stored: nobody said how it is to be protected on the disk.</summary>
    /// <exception cref="PeerstoreException">That is so; the message says what to configure.</exception>
    void ThrowIfTakingNoPrivateKeys();

    /// <summary>
    /// Completes when a call that changed a peer, or saw what others had changed, may be answered. At once, and without
    /// allocating, where a store does not promise that it has been written.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait, not the change.</param>
    /// <exception cref="PeerstoreException">It could not be written. It stays in memory, and is tried again.</exception>
    ValueTask AcknowledgeAsync(in PeerId peer, CancellationToken cancellationToken);
}
