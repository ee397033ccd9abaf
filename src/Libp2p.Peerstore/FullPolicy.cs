namespace Libp2p.Peerstore;

/// <summary>What a store that is full does with something new.</summary>
public enum FullPolicy
{
    /// <summary>
    /// The least valuable makes room: what ends first. Permanent addresses, all addresses of connected peers and peers
    /// with a private key are never evicted; where nothing else is left, the new is refused.
    /// </summary>
    EvictLeastValuable,

    /// <summary>The new is refused, as go-libp2p does: whoever fills the store once decides what is in it.</summary>
    RefuseNew,
}
