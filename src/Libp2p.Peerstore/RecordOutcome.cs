namespace Libp2p.Peerstore;

/// <summary>What became of a signed peer record that was offered to a store.</summary>
public enum RecordOutcome
{
    /// <summary>Not a decision. The value of <c>default</c>.</summary>
    None,

    /// <summary>It is the peer's record now.</summary>
    Accepted,

    /// <summary>It is, byte for byte, the record already stored; its addresses were renewed.</summary>
    Refreshed,

    /// <summary>Ignored: the store has a record of this peer with a higher sequence number.</summary>
    Stale,

    /// <summary>Refused: it exceeds a decode limit.</summary>
    TooLarge,

    /// <summary>Refused: the bytes are not a signed envelope.</summary>
    Malformed,

    /// <summary>Refused: the public key in it is not one that libp2p knows.</summary>
    BadKey,

    /// <summary>Refused: the signature is not good, or was made in another domain.</summary>
    BadSignature,

    /// <summary>Refused: what is signed is not a peer record.</summary>
    WrongPayloadType,

    /// <summary>Refused: what is signed says it is a peer record, but cannot be read as one.</summary>
    BadPayload,

    /// <summary>Refused: it speaks of another peer than the one that signed it.</summary>
    WrongSigner,

    /// <summary>Refused: the store holds <see cref="PeerstoreOptions.MaxSignedRecords"/> records of other peers.</summary>
    NoRoom,

    /// <summary>
    /// Refused: its sequence number is a time further ahead than <see cref="PeerstoreOptions.MaxSequenceAhead"/>.
    /// </summary>
    FromTheFuture,
}
