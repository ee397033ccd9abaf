namespace Libp2p.Peerstore;

/// <summary>What became of a metadata value that was to be stored.</summary>
public enum MetadataOutcome
{
    /// <summary>Not a decision. The value of <c>default</c>.</summary>
    None,

    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>
    /// Key and value together exceed <see cref="PeerstoreOptions.MaxMetadataBytes"/>, or all of the peer's
    /// <see cref="PeerstoreOptions.MaxMetadataBytesPerPeer"/>.
    /// </summary>
    TooLarge,

    /// <summary>The peer has <see cref="PeerstoreOptions.MaxMetadataKeysPerPeer"/> values already.</summary>
    TooMany,

    /// <summary>The store has <see cref="PeerstoreOptions.MaxPeers"/> peers already.</summary>
    NoRoom,
}
