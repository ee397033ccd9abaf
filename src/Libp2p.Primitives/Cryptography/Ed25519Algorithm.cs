using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>Ed25519: a public key is 32 bytes, a private key the 32-byte seed with the public key behind it.</summary>
internal sealed class Ed25519Algorithm : KeyAlgorithm
{
    private const int SeedLength = 32;
    private const int PublicLength = 32;
    private const int PrivateLength = SeedLength + PublicLength;
    private const int SignatureLength = 64;

    // An old form of go-libp2p: the public key once more at the end.
    private const int RedundantLength = PrivateLength + PublicLength;

    private readonly IEd25519Provider? _provider;

    /// <summary>Uses a given library; nothing means the one that <see cref="Ed25519Providers"/> chooses.</summary>
    public Ed25519Algorithm(IEd25519Provider? provider = null)
    {
        _provider = provider;
    }

    public static Ed25519Algorithm Instance { get; } = new();

    private IEd25519Provider Provider => _provider ?? Ed25519Providers.Current;

    // Bytes that are not a point are a key too, as in go: the ID of such a peer is well-formed, it only can never sign.
    public override bool TryReadPublic(ReadOnlySpan<byte> data, [NotNullWhen(true)] out byte[]? raw, out DecodeError error)
    {
        var valid = data.Length == PublicLength;
        raw = valid ? data.ToArray() : null;
        error = valid ? default : new DecodeError("an Ed25519 public key has 32 bytes", 0);
        return valid;
    }

    public override bool TryReadPrivate(ReadOnlySpan<byte> data, out KeyMaterial key, out DecodeError error)
    {
        key = default;
        if (data.Length is not (PrivateLength or RedundantLength))
        {
            error = new DecodeError("an Ed25519 private key has 64 bytes, or 96 with the public key repeated", 0);
            return false;
        }

        var publicHalf = data[SeedLength..PrivateLength];
        if (data.Length == RedundantLength && !data[PrivateLength..].SequenceEqual(publicHalf))
        {
            error = new DecodeError("the repeated Ed25519 public key equals the first", PrivateLength);
            return false;
        }

        // go does not look. But one signature under the right and one under a wrong public half give the key away.
        var derived = new byte[PublicLength];
        Provider.DerivePublicKey(data[..SeedLength], derived);
        if (!publicHalf.SequenceEqual(derived))
        {
            error = new DecodeError("the public half of an Ed25519 private key belongs to its seed", SeedLength);
            return false;
        }

        key = new KeyMaterial(data[..PrivateLength].ToArray(), derived);
        error = default;
        return true;
    }

    public override KeyMaterial Generate()
    {
        var pair = new byte[PrivateLength];
        var publicKey = new byte[PublicLength];
        RandomNumberGenerator.Fill(pair.AsSpan(0, SeedLength));
        Provider.DerivePublicKey(pair.AsSpan(0, SeedLength), publicKey);
        publicKey.CopyTo(pair, SeedLength);
        return new KeyMaterial(pair, publicKey);
    }

    public override byte[] Sign(in KeyMaterial key, ReadOnlySpan<byte> message)
    {
        var signature = new byte[SignatureLength];
        Provider.Sign(key.Private.AsSpan(0, SeedLength), key.Public, message, signature);
        return signature;
    }

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength
        && Ed25519Strictness.Allows(publicKey, signature)
        && Provider.Verify(publicKey, message, signature);
}
