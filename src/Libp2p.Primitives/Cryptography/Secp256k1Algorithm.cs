using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>ECDSA over secp256k1 with SHA-256: a public key is a point, a private key a scalar of 32 bytes.</summary>
internal sealed class Secp256k1Algorithm : KeyAlgorithm
{
    private const string FormRule =
        "a secp256k1 public key has 33 bytes and begins with 02 or 03, or has 65 and begins with 04, 06 or 07";

    private const byte HybridTag = 0x06;

    private readonly ISecp256k1Provider? _provider;

    /// <summary>Uses a given library; nothing means the one that <see cref="Secp256k1Providers"/> chooses.</summary>
    public Secp256k1Algorithm(ISecp256k1Provider? provider = null)
    {
        _provider = provider;
    }

    public static Secp256k1Algorithm Instance { get; } = new();

    private ISecp256k1Provider Provider => _provider ?? Secp256k1Providers.Current;

    public override bool TryReadPublic(ReadOnlySpan<byte> data, [NotNullWhen(true)] out byte[]? raw, out DecodeError error)
    {
        raw = null;
        if (!HasPointForm(data, out error))
        {
            return false;
        }

        // The hybrid form is the uncompressed one with the oddness of y in its first byte.
        Span<byte> point = stackalloc byte[data.Length];
        data.CopyTo(point);
        if (data.Length == Secp256k1Curve.UncompressedLength)
        {
            point[0] = Secp256k1Curve.UncompressedTag;
        }

        if (!Provider.IsPoint(point))
        {
            error = new DecodeError("a secp256k1 public key is a point of the curve", 0);
            return false;
        }

        raw = new byte[Secp256k1Curve.CompressedLength];
        if (point.Length == raw.Length)
        {
            point.CopyTo(raw);
        }
        else
        {
            Secp256k1Curve.Compress(point, raw);
        }

        return true;
    }

    public override bool TryReadPrivate(ReadOnlySpan<byte> data, out KeyMaterial key, out DecodeError error)
    {
        key = default;
        if (data.Length != Secp256k1Curve.FieldBytes)
        {
            error = new DecodeError("a secp256k1 private key has 32 bytes", 0);
            return false;
        }

        // go reduces such a number instead, even to 0, and so writes back another key than it has read.
        if (!Secp256k1Curve.IsScalar(data))
        {
            error = new DecodeError("a secp256k1 private key lies between 1 and the curve's order less one", 0);
            return false;
        }

        key = Derive(data.ToArray());
        error = default;
        return true;
    }

    public override KeyMaterial Generate()
    {
        var scalar = new byte[Secp256k1Curve.FieldBytes];
        do
        {
            RandomNumberGenerator.Fill(scalar);
        }
        while (!Secp256k1Curve.IsScalar(scalar));

        return Derive(scalar);
    }

    public override byte[] Sign(in KeyMaterial key, ReadOnlySpan<byte> message) => Provider.Sign(key.Private, message);

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        EcdsaSignature.IsStrict(signature, Secp256k1Curve.FieldBytes) && Provider.Verify(publicKey, message, signature);

    private static bool HasPointForm(ReadOnlySpan<byte> data, out DecodeError error)
    {
        var isKnown = (data.Length, data.IsEmpty ? 0 : data[0]) is
            (Secp256k1Curve.CompressedLength, 0x02 or 0x03) or (Secp256k1Curve.UncompressedLength, 0x04 or 0x06 or 0x07);
        if (!isKnown)
        {
            error = new DecodeError(FormRule, 0);
            return false;
        }

        if ((data[0] & HybridTag) == HybridTag && (data[0] & 1) != (data[^1] & 1))
        {
            error = new DecodeError("a hybrid secp256k1 public key names the oddness of its y", 0);
            return false;
        }

        error = default;
        return true;
    }

    private KeyMaterial Derive(byte[] scalar)
    {
        var publicKey = new byte[Secp256k1Curve.CompressedLength];
        Provider.DerivePublicKey(scalar, publicKey);
        return new KeyMaterial(scalar, publicKey);
    }
}
