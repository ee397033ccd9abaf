namespace Libp2p;

/// <summary>A library that does Ed25519. Lengths have been checked by the caller; safe to share between threads.</summary>
internal interface IEd25519Provider
{
    /// <summary>The library's name, for diagnostics and tests.</summary>
    string Name { get; }

    /// <summary>Computes the 32-byte public key of a 32-byte seed.</summary>
    void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey);

    /// <summary>Writes the 64-byte signature over a message.</summary>
    void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature);

    /// <summary>Verifies a signature that has passed <see cref="Ed25519Strictness"/>.</summary>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
