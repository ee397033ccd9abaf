using System.Diagnostics.CodeAnalysis;

namespace Libp2p;

/// <summary>
/// What one kind of key can do, on raw bytes. One instance per kind, without state; safe to share between threads.
/// </summary>
internal abstract class KeyAlgorithm
{
    /// <summary>The algorithm of a key type, or nothing for a number that libp2p does not know.</summary>
    public static KeyAlgorithm? Find(KeyType type) => type switch
    {
        KeyType.Rsa => RsaAlgorithm.Instance,
        KeyType.Ed25519 => Ed25519Algorithm.Instance,
        KeyType.Secp256k1 => Secp256k1Algorithm.Instance,
        KeyType.Ecdsa => EcdsaAlgorithm.Instance,
        _ => null,
    };

    /// <summary>Checks a public key from others and brings it into canonical form.</summary>
    public abstract bool TryReadPublic(ReadOnlySpan<byte> data, [NotNullWhen(true)] out byte[]? raw, out DecodeError error);

    /// <summary>Checks a private key, brings it into canonical form and derives its public half.</summary>
    public abstract bool TryReadPrivate(ReadOnlySpan<byte> data, out KeyMaterial key, out DecodeError error);

    /// <summary>Makes a new key.</summary>
    public abstract KeyMaterial Generate();

    /// <summary>Signs with a canonical private key.</summary>
    public abstract byte[] Sign(in KeyMaterial key, ReadOnlySpan<byte> message);

    /// <summary>Verifies with a canonical public key. Never throws for what a signature holds.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
