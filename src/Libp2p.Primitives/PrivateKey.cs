using System.Diagnostics.CodeAnalysis;

namespace Libp2p;

/// <summary>A private key, with which a node proves that it is the peer it says.</summary>
/// <remarks>
/// The private bytes stay in managed memory for as long as the object lives; copies that this library makes on the way are wiped.
/// Nothing here prints them but <see cref="Encode"/>. Immutable; safe to share between threads.
/// </remarks>
public sealed class PrivateKey
{
    private readonly KeyAlgorithm _algorithm;
    private readonly KeyMaterial _material;

    private PrivateKey(KeyType type, KeyAlgorithm algorithm, KeyMaterial material)
    {
        Type = type;
        _algorithm = algorithm;
        _material = material;
        PublicKey = PublicKey.FromTrusted(type, material.Public);
    }

    /// <summary>What kind of key this is.</summary>
    public KeyType Type { get; }

    /// <summary>The public half.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>Makes a new key: Ed25519, secp256k1, ECDSA on P-256, or RSA of 2048 bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is not a kind of key.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// No library on this machine knows the algorithm; the message says what to install.
    /// </exception>
    public static PrivateKey Generate(KeyType type)
    {
        var algorithm = KeyAlgorithm.Find(type)
            ?? throw new ArgumentOutOfRangeException(nameof(type), type, "This is not a kind of key that libp2p knows.");
        return new PrivateKey(type, algorithm, algorithm.Generate());
    }

    /// <summary>Makes a new RSA key.</summary>
    /// <param name="bits">The size of the modulus in bits, from 2048 to 8192 and a multiple of 8.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is outside of that.</exception>
    public static PrivateKey GenerateRsa(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, RsaEncoding.MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, RsaEncoding.MaxBits);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bits % 8, 0, nameof(bits));
        return new PrivateKey(KeyType.Rsa, RsaAlgorithm.Instance, RsaAlgorithm.Generate(bits));
    }

    /// <summary>Decodes the protobuf form under the default limits.</summary>
    /// <param name="bytes">The bytes; they need not be in canonical form.</param>
    /// <param name="key">The key; <see langword="null"/> when the answer is <see langword="false"/>.</param>
    /// <returns>Whether the bytes are a private key.</returns>
    /// <exception cref="PlatformNotSupportedException">
    /// No library on this machine knows the algorithm; the message says what to install.
    /// </exception>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PrivateKey? key) =>
        TryDecode(bytes, DecodeLimits.Default, out key, out _);

    /// <summary>Decodes the protobuf form.</summary>
    /// <param name="bytes">The bytes; they need not be in canonical form.</param>
    /// <param name="limits">How much is accepted.</param>
    /// <param name="key">The key; <see langword="null"/> when the answer is <see langword="false"/>.</param>
    /// <param name="error">The rule that the bytes break.</param>
    /// <returns>Whether the bytes are a private key.</returns>
    /// <remarks>
    /// Stricter than go-libp2p: both halves of an Ed25519 key have to belong together, a secp256k1 scalar has to lie
    /// below the curve's order, and an RSA key has two primes.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="limits"/> is null.</exception>
    /// <exception cref="PlatformNotSupportedException">
    /// No library on this machine knows the algorithm; the message says what to install.
    /// </exception>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, DecodeLimits limits, [NotNullWhen(true)] out PrivateKey? key, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        key = null;
        if (KeyCodec.TryRead(bytes, limits, out var fields, out error))
        {
            var algorithm = KeyAlgorithm.Find(fields.Type)!;
            var valid = algorithm.TryReadPrivate(fields.Data.In(bytes), out var material, out error);
            key = valid ? new PrivateKey(fields.Type, algorithm, material) : null;
            error = error.Behind(fields.Data.Start);
        }

        return key is not null;
    }

    /// <summary>Decodes the protobuf form under the default limits.</summary>
    /// <exception cref="FormatException">
    /// The bytes are not a private key; the message names the rule, never the bytes.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">
    /// No library on this machine knows the algorithm; the message says what to install.
    /// </exception>
    public static PrivateKey Decode(ReadOnlySpan<byte> bytes) =>
        TryDecode(bytes, DecodeLimits.Default, out var key, out var error)
            ? key
            : throw error.ToException("a private key");

    /// <summary>Signs a message, of which it takes the hash itself.</summary>
    /// <returns>
    /// The signature. Ed25519 and RSA always give the same one for a message; secp256k1 does so with libsecp256k1
    /// (RFC 6979), not with the libraries that stand in for it.
    /// </returns>
    /// <exception cref="PlatformNotSupportedException">
    /// No library on this machine knows the algorithm; the message says what to install.
    /// </exception>
    public byte[] Sign(ReadOnlySpan<byte> message) => _algorithm.Sign(_material, message);

    /// <summary>The canonical protobuf form, private bytes included: keep it as you keep the key.</summary>
    /// <returns>A new array, which the caller may wipe.</returns>
    public byte[] Encode() => KeyCodec.Write(Type, _material.Private);

    /// <summary>Returns the kind of key, and nothing of the key itself.</summary>
    public override string ToString() => $"{Type} private key";
}
