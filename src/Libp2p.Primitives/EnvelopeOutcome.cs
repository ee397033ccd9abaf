namespace Libp2p;

/// <summary>What became of an attempt to open a signed envelope or a signed peer record.</summary>
public enum EnvelopeOutcome
{
    /// <summary>Not a decision. The value of <c>default</c>.</summary>
    None,

    /// <summary>The signature is good, and everything asked for holds.</summary>
    Opened,

    /// <summary>It exceeds a decode limit.</summary>
    TooLarge,

    /// <summary>The bytes are not an envelope.</summary>
    Malformed,

    /// <summary>The public key is not one that libp2p knows.</summary>
    BadKey,

    /// <summary>The signature is not the key's over this payload in this domain.</summary>
    BadSignature,

    /// <summary>The payload type is not that of a peer record.</summary>
    WrongPayloadType,

    /// <summary>The payload is not a peer record.</summary>
    BadPayload,

    /// <summary>The record speaks of another peer than the one that signed it.</summary>
    WrongSigner,
}
