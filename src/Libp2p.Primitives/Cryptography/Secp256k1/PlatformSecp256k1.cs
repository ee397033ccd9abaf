using System.Numerics;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>secp256k1 by .NET's <see cref="ECDsa"/>: what is left on Windows when no library is installed.</summary>
/// <remarks>
/// .NET does not read compressed points, so y is computed here. That is arithmetic on a public number; the platform
/// checks the resulting point once more when it is imported. Signing and verifying throw
/// <see cref="PlatformNotSupportedException"/> where the platform does not know the curve (macOS).
/// </remarks>
internal sealed class PlatformSecp256k1 : ISecp256k1Provider
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;
    private static readonly BigInteger Seven = 7;

    // p is 3 modulo 4, so this power of a square is one of its roots.
    private static readonly BigInteger RootExponent = (Prime + 1) / 4;

    public string Name => "ECDsa";

    public bool IsDeterministic => false;

    public bool IsPoint(ReadOnlySpan<byte> point) => TryReadPoint(point, out _);

    public void DerivePublicKey(ReadOnlySpan<byte> scalar, Span<byte> publicKey)
    {
        using var key = OpenPrivate(scalar);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Secp256k1Curve.Compress([Secp256k1Curve.UncompressedTag, .. point.X!, .. point.Y!], publicKey);
    }

    public byte[] Sign(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> message)
    {
        using var key = OpenPrivate(scalar);
        var signature = key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return Secp256k1Curve.WriteLowS(signature.AsSpan(0, Secp256k1Curve.FieldBytes), signature.AsSpan(Secp256k1Curve.FieldBytes));
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!TryReadPoint(publicKey, out var point))
        {
            return false;
        }

        using var key = Create(new ECParameters { Curve = ECCurve.CreateFromValue(Secp256k1Curve.Oid), Q = point });
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static bool TryReadPoint(ReadOnlySpan<byte> encoded, out ECPoint point)
    {
        point = default;
        var x = Read(encoded.Slice(1, Secp256k1Curve.FieldBytes));
        var square = (BigInteger.ModPow(x, 3, Prime) + Seven) % Prime;
        var isCompressed = encoded.Length == Secp256k1Curve.CompressedLength;
        var y = isCompressed ? BigInteger.ModPow(square, RootExponent, Prime) : Read(encoded[^Secp256k1Curve.FieldBytes..]);
        if (x >= Prime || y >= Prime || y * y % Prime != square)
        {
            return false;
        }

        if (isCompressed && y.IsEven == ((encoded[0] & 1) != 0))
        {
            y = Prime - y;
        }

        point = new ECPoint { X = Write(x), Y = Write(y) };
        return true;
    }

    private static BigInteger Read(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Write(BigInteger value)
    {
        var bytes = new byte[Secp256k1Curve.FieldBytes];
        var length = value.GetByteCount(isUnsigned: true);
        _ = value.TryWriteBytes(bytes.AsSpan(bytes.Length - length), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    private static ECDsa OpenPrivate(ReadOnlySpan<byte> scalar)
    {
        var copy = scalar.ToArray();
        try
        {
            return Create(new ECParameters { Curve = ECCurve.CreateFromValue(Secp256k1Curve.Oid), D = copy });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    private static ECDsa Create(ECParameters parameters)
    {
        try
        {
            return ECDsa.Create(parameters);
        }
        catch (CryptographicException failure)
        {
            // The key was checked before, so it is the curve that the platform does not take.
            throw new PlatformNotSupportedException(
                "secp256k1 needs libsecp256k1 or OpenSSL's libcrypto here, and neither could be loaded.", failure);
        }
    }
}
