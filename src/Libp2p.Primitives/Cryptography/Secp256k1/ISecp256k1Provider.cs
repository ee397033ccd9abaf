namespace Libp2p;

/// <summary>
/// A library that does ECDSA over secp256k1 with SHA-256. Forms have been checked by the caller: points are compressed
/// or uncompressed with the right length and first byte, scalars lie between 1 and n - 1, signatures are strict DER.
/// Safe to share between threads.
/// </summary>
internal interface ISecp256k1Provider
{
    /// <summary>The library's name, for diagnostics and tests.</summary>
    string Name { get; }

    /// <summary>Whether <see cref="Sign"/> gives the same signature each time (RFC 6979).</summary>
    bool IsDeterministic { get; }

    /// <summary>Whether the coordinates are below the field's prime and the point lies on the curve.</summary>
    bool IsPoint(ReadOnlySpan<byte> point);

    /// <summary>Writes the 33-byte compressed public key of a scalar.</summary>
    void DerivePublicKey(ReadOnlySpan<byte> scalar, Span<byte> publicKey);

    /// <summary>Signs and returns DER with the lower of the two possible values of s.</summary>
    byte[] Sign(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> message);

    /// <summary>Verifies with a compressed public key; both possible values of s are good.</summary>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
