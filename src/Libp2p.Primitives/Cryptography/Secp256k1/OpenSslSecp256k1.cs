using System.Security.Cryptography;

namespace Libp2p;

/// <summary>
/// secp256k1 by OpenSSL: more than ten times slower than libsecp256k1, and not deterministic before OpenSSL 3.2.
/// </summary>
internal sealed unsafe class OpenSslSecp256k1(LibCrypto crypto) : ISecp256k1Provider
{
    private const int MaxDerLength = 72;
    private const int MaxInfoLength = 128;

    public string Name => "OpenSSL";

    public bool IsDeterministic => false;

    // A SubjectPublicKeyInfo up to the point: id-ecPublicKey, secp256k1, a bit string of 33 or 65 bytes.
    private static ReadOnlySpan<byte> CompressedHeader =>
    [
        0x30, 0x36, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a, 0x03, 0x22, 0x00,
    ];

    private static ReadOnlySpan<byte> UncompressedHeader =>
    [
        0x30, 0x56, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a, 0x03, 0x42, 0x00,
    ];

    // An ECPrivateKey (RFC 5915) around the scalar: version 1, the scalar, the curve, no public key.
    private static ReadOnlySpan<byte> PrivateHeader => [0x30, 0x2e, 0x02, 0x01, 0x01, 0x04, 0x20];

    private static ReadOnlySpan<byte> PrivateTrailer => [0xa0, 0x07, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a];

    public bool IsPoint(ReadOnlySpan<byte> point)
    {
        var key = OpenPublic(point);
        if (key == 0)
        {
            return false;
        }

        crypto.FreeKey(key);
        return true;
    }

    public void DerivePublicKey(ReadOnlySpan<byte> scalar, Span<byte> publicKey)
    {
        var key = OpenPrivate(scalar);
        try
        {
            Span<byte> info = stackalloc byte[MaxInfoLength];
            var length = crypto.WritePublicKey(key, null);
            Check(length == UncompressedHeader.Length + Secp256k1Curve.UncompressedLength);
            fixed (byte* infoBytes = info)
            {
                var end = infoBytes;
                Check(crypto.WritePublicKey(key, &end) == length);
            }

            Secp256k1Curve.Compress(info[UncompressedHeader.Length..length], publicKey);
        }
        finally
        {
            crypto.FreeKey(key);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> message)
    {
        var key = OpenPrivate(scalar);
        try
        {
            Span<byte> der = stackalloc byte[MaxDerLength];
            var length = crypto.Sign(key, crypto.Sha256, message, der);
            Check(EcdsaSignature.TryRead(der[..length], Secp256k1Curve.FieldBytes, out var r, out var s));
            return Secp256k1Curve.WriteLowS(r, s);
        }
        finally
        {
            crypto.FreeKey(key);
        }
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var key = OpenPublic(publicKey);
        if (key == 0)
        {
            return false;
        }

        try
        {
            return crypto.Verify(key, crypto.Sha256, message, signature);
        }
        finally
        {
            crypto.FreeKey(key);
        }
    }

    private nint OpenPublic(ReadOnlySpan<byte> point)
    {
        var header = point.Length == Secp256k1Curve.CompressedLength ? CompressedHeader : UncompressedHeader;
        Span<byte> info = stackalloc byte[header.Length + point.Length];
        header.CopyTo(info);
        point.CopyTo(info[header.Length..]);
        fixed (byte* infoBytes = info)
        {
            var start = infoBytes;
            var key = crypto.ReadPublicKey(null, &start, info.Length);
            if (key == 0)
            {
                crypto.ClearErrors();
            }

            return key;
        }
    }

    private nint OpenPrivate(ReadOnlySpan<byte> scalar)
    {
        Span<byte> der = stackalloc byte[PrivateHeader.Length + Secp256k1Curve.FieldBytes + PrivateTrailer.Length];
        PrivateHeader.CopyTo(der);
        scalar.CopyTo(der[PrivateHeader.Length..]);
        PrivateTrailer.CopyTo(der[(PrivateHeader.Length + Secp256k1Curve.FieldBytes)..]);
        try
        {
            nint key;
            fixed (byte* derBytes = der)
            {
                var start = derBytes;
                key = crypto.ReadPrivateKey(LibCrypto.EllipticCurve, null, &start, der.Length);
            }

            Check(key != 0);
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private void Check(bool succeeded)
    {
        if (!succeeded)
        {
            crypto.ClearErrors();
            throw new CryptographicException("OpenSSL could not use the secp256k1 key.");
        }
    }
}
