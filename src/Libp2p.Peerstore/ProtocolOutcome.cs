namespace Libp2p.Peerstore;

/// <summary>What became of protocols that were offered for a peer.</summary>
public enum ProtocolOutcome
{
    /// <summary>Not a decision. The value of <c>default</c>.</summary>
    None,

    /// <summary>They are stored.</summary>
    Stored,

    /// <summary>The peer would have more than <see cref="PeerstoreOptions.MaxProtocolsPerPeer"/>; nothing changed.</summary>
    TooMany,

    /// <summary>One is longer than <see cref="PeerstoreOptions.MaxProtocolIdLength"/>; nothing changed.</summary>
    TooLong,

    /// <summary>The store has <see cref="PeerstoreOptions.MaxPeers"/> peers already; nothing changed.</summary>
    NoRoom,
}
