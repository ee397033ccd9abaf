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
}
