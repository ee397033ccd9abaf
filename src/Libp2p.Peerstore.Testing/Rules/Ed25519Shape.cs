using System.Numerics;
using System.Security.Cryptography;

namespace Libp2p.Peerstore.Testing;

/// <summary>What can be told of the bytes of an Ed25519 key without a provider for it (RFC 8032, section 5.1).</summary>
/// <remarks>
/// Plain arithmetic of variable time: for keys that stand in public documents. It tells what a rule applies to and
/// decides about no signature.
/// </remarks>
internal static class Ed25519Shape
{
    private const int Length = 32;
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));

    // The y of the points of order 8: 1, 2 and 4 have y = 1, -1 and 0.
    private static readonly BigInteger[] SmallOrder =
    [
        0,
        1,
        P - 1,
        FromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        FromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    ];

    // The base point of RFC 8032.
    private static readonly Point Base = new(
        BigInteger.Parse("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
        BigInteger.Parse("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    /// <summary>Whether a public key has small order or is not written canonically.</summary>
    public static bool IsWeak(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != Length)
        {
            return false;
        }

        var y = ReadY(publicKey);
        return y >= P || SmallOrder.Contains(y);
    }

    /// <summary>Whether a private key (seed, then public half) has a public half that is not its seed's.</summary>
    public static bool HasForeignHalf(ReadOnlySpan<byte> privateKey) =>
        privateKey.Length >= 2 * Length
        && !privateKey.Slice(Length, Length).SequenceEqual(PublicHalf(privateKey[..Length]));

    private static byte[] PublicHalf(ReadOnlySpan<byte> seed)
    {
        var scalar = SHA512.HashData(seed).AsSpan(0, Length);
        scalar[0] &= 0xF8;
        scalar[31] = (byte)((scalar[31] & 0x7F) | 0x40);
        var product = new Point(0, 1);
        for (var bit = 254; bit >= 0; bit--)
        {
            product = Add(product, product);
            if ((scalar[bit / 8] >> (bit % 8) & 1) != 0)
            {
                product = Add(product, Base);
            }
        }

        var bytes = new byte[Length];
        _ = product.Y.TryWriteBytes(bytes, out _, isUnsigned: true);
        bytes[31] |= product.X.IsEven ? (byte)0 : (byte)0x80;
        return bytes;
    }

    private static Point Add(Point a, Point b)
    {
        var cross = Mod(D * Mod(a.X * b.X) * Mod(a.Y * b.Y));
        return new Point(
            Mod(Mod(a.X * b.Y + b.X * a.Y) * Inverse(Mod(1 + cross))),
            Mod(Mod(a.Y * b.Y + a.X * b.X) * Inverse(Mod(1 - cross))));
    }

    private static BigInteger ReadY(ReadOnlySpan<byte> bytes)
    {
        Span<byte> masked = stackalloc byte[Length];
        bytes.CopyTo(masked);
        masked[31] &= 0x7F;
        return new BigInteger(masked, isUnsigned: true);
    }

    private static BigInteger FromHex(string hex) => ReadY(Convert.FromHexString(hex));

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, P - 2, P);

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y);
}
