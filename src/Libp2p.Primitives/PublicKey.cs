using System.Diagnostics.CodeAnalysis;

namespace Libp2p;

/// <summary>The public key of a peer: what its peer ID is derived from and its signatures are verified with.</summary>
/// <remarks>
/// Holding one means that its form is good: sizes, curve, and that a point lies on its curve (of Ed25519 only the
/// length, as in go-libp2p). Two keys are equal when their canonical encodings are. Immutable; safe to share between threads.
/// </remarks>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly KeyAlgorithm _algorithm;
    private readonly byte[] _raw;
    private readonly byte[] _encoded;

    private PublicKey(KeyType type, KeyAlgorithm algorithm, byte[] raw)
    {
        Type = type;
        _algorithm = algorithm;
        _raw = raw;
        _encoded = KeyCodec.Write(type, raw);
    }

    /// <summary>What kind of key this is.</summary>
    public KeyType Type { get; }

    /// <summary>
    /// The key without its protobuf wrapping: 32 bytes of Ed25519, 33 bytes of secp256k1 (always compressed), or the
    /// SubjectPublicKeyInfo of RSA and ECDSA in DER.
    /// </summary>
    public ReadOnlySpan<byte> Raw => _raw;

    /// <summary>The canonical protobuf form, the type before the data: what a peer ID is derived from.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>Decodes the protobuf form under the default limits.</summary>
    /// <param name="bytes">The bytes; they need not be in canonical form.</param>
    /// <param name="key">The key; <see langword="null"/> when the answer is <see langword="false"/>.</param>
    /// <returns>Whether the bytes are a public key.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? key) =>
        TryDecode(bytes, DecodeLimits.Default, out key, out _);

    /// <summary>Decodes the protobuf form.</summary>
    /// <param name="bytes">The bytes; they need not be in canonical form.</param>
    /// <param name="limits">How much is accepted.</param>
    /// <param name="key">The key; <see langword="null"/> when the answer is <see langword="false"/>.</param>
    /// <param name="error">The rule that the bytes break.</param>
    /// <returns>Whether the bytes are a public key.</returns>
    /// <remarks>
    /// Accepts what go-libp2p accepts, unknown fields and repeated ones included, but no superfluous elements in the DER of
    /// RSA and ECDSA keys (<c>docs/adr/0004-keys-stricter-than-go.md</c>). An RSA exponent with which nobody can sign is
    /// accepted too: such a key has a peer ID, but <see cref="Verify"/> is always false.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="limits"/> is null.</exception>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, DecodeLimits limits, [NotNullWhen(true)] out PublicKey? key, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        key = null;
        return KeyCodec.TryRead(bytes, limits, out var fields, out error) && TryCreate(bytes, fields, out key, out error);
    }

    /// <summary>Decodes the protobuf form under the default limits.</summary>
    /// <exception cref="FormatException">The bytes are not a public key; the message names the rule.</exception>
    public static PublicKey Decode(ReadOnlySpan<byte> bytes) =>
        TryDecode(bytes, DecodeLimits.Default, out var key, out var error)
            ? key
            : throw error.ToException("a public key");

    /// <summary>Tells whether this key made the signature over the message.</summary>
    /// <param name="message">The message as it was signed, not its hash.</param>
    /// <param name="signature">
    /// The signature: 64 bytes of Ed25519, strict DER of both kinds of ECDSA, PKCS#1 v1.5 of RSA.
    /// </param>
    /// <returns>The verdict; never an exception for what the signature holds.</returns>
    /// <remarks>
    /// Stricter than go-libp2p on signatures that have several forms; <c>docs/adr/0004-keys-stricter-than-go.md</c> lists them.
    /// </remarks>
    /// <exception cref="PlatformNotSupportedException">
    /// No library on this machine knows the algorithm; the message says what to install.
    /// </exception>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => _algorithm.Verify(_raw, message, signature);

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] PublicKey? other) => other is not null && _encoded.AsSpan().SequenceEqual(other._encoded);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_encoded);
        return hash.ToHashCode();
    }

    /// <summary>
    /// Returns the kind of key and its protobuf form in base64, as configuration files of libp2p write it.
    /// </summary>
    public override string ToString() => $"{Type} {Convert.ToBase64String(_encoded)}";

    /// <summary>Equal encodings.</summary>
    public static bool operator ==(PublicKey? left, PublicKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Different encodings.</summary>
    public static bool operator !=(PublicKey? left, PublicKey? right) => !(left == right);

    /// <summary>Checks data from others that the protobuf wrapping has been taken from.</summary>
    internal static bool TryCreate(
        ReadOnlySpan<byte> bytes, in KeyFields fields, [NotNullWhen(true)] out PublicKey? key, out DecodeError error)
    {
        var algorithm = KeyAlgorithm.Find(fields.Type)!;
        key = algorithm.TryReadPublic(fields.Data.In(bytes), out var raw, out error) ? new PublicKey(fields.Type, algorithm, raw) : null;
        error = error.Behind(fields.Data.Start);
        return key is not null;
    }

    /// <summary>Wraps the public half of a private key.</summary>
    internal static PublicKey FromTrusted(KeyType type, byte[] raw) => new(type, KeyAlgorithm.Find(type)!, raw);

    /// <summary>The message that stands in an envelope.</summary>
    internal Protobuf.KeyMessage ToMessage() => KeyCodec.ToMessage(Type, _raw);
}
