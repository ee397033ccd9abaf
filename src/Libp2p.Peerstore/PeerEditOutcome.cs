namespace Libp2p.Peerstore;

/// <summary>What became of an atomic edit of a peer. All but <see cref="Applied"/> mean that nothing changed.</summary>
public enum PeerEditOutcome
{
    /// <summary>Not a decision. The value of <c>default</c>.</summary>
    None,

    /// <summary>All of it was done. Addresses for which there was no room are missing, as with the book's own methods.</summary>
    Applied,

    /// <summary>The peer has been changed since the version that was expected.</summary>
    VersionChanged,

    /// <summary>A signed record in it has a lower sequence number than the stored one.</summary>
    StaleRecord,

    /// <summary>A limit on peers or on signed records was reached.</summary>
    NoRoom,

    /// <summary>The peer would have more protocols than <see cref="PeerstoreOptions.MaxProtocolsPerPeer"/>.</summary>
    TooManyProtocols,

    /// <summary>A protocol ID is longer than <see cref="PeerstoreOptions.MaxProtocolIdLength"/>.</summary>
    ProtocolTooLong,

    /// <summary>
    /// A metadata value exceeds <see cref="PeerstoreOptions.MaxMetadataBytes"/>, or all of the peer's
    /// <see cref="PeerstoreOptions.MaxMetadataBytesPerPeer"/>.
    /// </summary>
    MetadataTooLarge,

    /// <summary>The peer would have more values than <see cref="PeerstoreOptions.MaxMetadataKeysPerPeer"/>.</summary>
    TooManyMetadata,

    /// <summary>
    /// The sequence number of a signed record in it is a time further ahead than
    /// <see cref="PeerstoreOptions.MaxSequenceAhead"/>.
    /// </summary>
    RecordFromTheFuture,
}
