using System.Numerics;

namespace Libp2p;

/// <summary>The numbers of the curve secp256k1 (SEC 2, section 2.4.1) and the forms of its points and scalars.</summary>
internal static class Secp256k1Curve
{
    /// <summary>The bytes of a coordinate and of a scalar.</summary>
    public const int FieldBytes = 32;

    /// <summary>The bytes of a compressed point.</summary>
    public const int CompressedLength = 1 + FieldBytes;

    /// <summary>The bytes of an uncompressed point.</summary>
    public const int UncompressedLength = 1 + 2 * FieldBytes;

    /// <summary>The first byte of an uncompressed point.</summary>
    public const byte UncompressedTag = 0x04;

    /// <summary>The object identifier of the curve.</summary>
    public const string Oid = "1.3.132.0.10";

    private const byte CompressedTag = 0x02;

    private static readonly BigInteger Order = new(OrderBytes, isUnsigned: true, isBigEndian: true);

    private static ReadOnlySpan<byte> OrderBytes =>
    [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
        0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
    ];

    /// <summary>Whether 32 bytes are a private key: neither 0 nor the curve's order or above.</summary>
    public static bool IsScalar(ReadOnlySpan<byte> scalar) =>
        scalar.IndexOfAnyExcept((byte)0) >= 0 && scalar.SequenceCompareTo(OrderBytes) < 0;

    /// <summary>Writes an uncompressed point in compressed form.</summary>
    public static void Compress(ReadOnlySpan<byte> uncompressed, Span<byte> compressed)
    {
        compressed[0] = (byte)(CompressedTag | (uncompressed[^1] & 1));
        uncompressed.Slice(1, FieldBytes).CopyTo(compressed[1..]);
    }

    /// <summary>Writes r and s as a signature with the lower of s and n - s, as libsecp256k1 and go do.</summary>
    public static byte[] WriteLowS(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s)
    {
        var value = new BigInteger(s, isUnsigned: true, isBigEndian: true);
        var negated = Order - value;
        return EcdsaSignature.Write(r, BigInteger.Min(value, negated).ToByteArray(isUnsigned: true, isBigEndian: true));
    }
}
