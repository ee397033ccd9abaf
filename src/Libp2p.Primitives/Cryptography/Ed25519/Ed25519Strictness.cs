using System.Buffers.Binary;

namespace Libp2p;

// Libraries differ on odd signatures: OpenSSL and Go take keys of small order, under which one signature fits many
// messages; some take a point or a scalar written in a second way, so that a third party can make a second signature
// from a good one. Two nodes that differ on a signature differ on what a peer said. So the questions on which
// libraries disagree are answered here, on bytes, before any library is asked; the answers are libsodium's.
//
// What stays open: keys with a small component beside a large one, which only their own maker can produce. RFC 8032
// allows two equations there, with the cofactor and without, and bytes alone cannot tell which holds. Both libraries in use
// check the one without, as Go does; tests hold each that loads to it, with the published cases and one of our own.

/// <summary>What an Ed25519 public key and signature must look like, whichever library verifies.</summary>
internal static class Ed25519Strictness
{
    private const int PointLength = 32;
    private const byte SignBit = 0x80;

    // The order of the group of the base point, RFC 8032 section 5.1, little-endian.
    private static ReadOnlySpan<byte> Order =>
    [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
    ];

    // 2^255 - 19, little-endian.
    private static ReadOnlySpan<byte> Prime =>
    [
        0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
    ];

    // The y of the points of order 8, in both signs; those of order 1, 2 and 4 are 1, p - 1 and 0.
    private static ReadOnlySpan<byte> OrderEight =>
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
        0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ];

    private static ReadOnlySpan<byte> OrderEightNegative =>
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
        0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ];

    /// <summary>Whether a signature may be shown to a library at all. Lengths are 32 and 64.</summary>
    public static bool Allows(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        IsAcceptablePoint(publicKey)
        && IsAcceptablePoint(signature[..PointLength])
        && IsBelow(signature[PointLength..], Order);

    /// <summary>Whether a point is written in the one canonical way and is not of small order.</summary>
    public static bool IsAcceptablePoint(ReadOnlySpan<byte> point)
    {
        Span<byte> y = stackalloc byte[PointLength];
        point.CopyTo(y);

        // The sign of x is not part of y. A sign that x = 0 cannot have occurs only at y = 1 and y = p - 1, refused below.
        y[^1] &= unchecked((byte)~SignBit);
        return IsBelow(y, Prime) && !IsOfSmallOrder(y);
    }

    private static bool IsOfSmallOrder(ReadOnlySpan<byte> y) =>
        y[1..].IndexOfAnyExcept((byte)0) < 0 && y[0] <= 1
        || y[0] == Prime[0] - 1 && y[1..].SequenceEqual(Prime[1..])
        || y.SequenceEqual(OrderEight)
        || y.SequenceEqual(OrderEightNegative);

    private static bool IsBelow(ReadOnlySpan<byte> value, ReadOnlySpan<byte> bound)
    {
        for (var i = PointLength - sizeof(ulong); i >= 0; i -= sizeof(ulong))
        {
            var left = BinaryPrimitives.ReadUInt64LittleEndian(value[i..]);
            var right = BinaryPrimitives.ReadUInt64LittleEndian(bound[i..]);
            if (left != right)
            {
                return left < right;
            }
        }

        return false;
    }
}
