using System.Globalization;
using System.Numerics;

namespace Libp2p.Peerstore.Testing;

/// <summary>What can be told of the bytes of a private secp256k1 key.</summary>
internal static class Secp256k1Shape
{
    // The order of the group: SEC 2, section 2.4.1.
    private static readonly BigInteger N = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
        NumberStyles.AllowHexSpecifier,
        CultureInfo.InvariantCulture);

    /// <summary>Whether a scalar of the right length is no private key.</summary>
    public static bool IsOutOfRange(ReadOnlySpan<byte> scalar)
    {
        if (scalar.Length != 32)
        {
            return false;
        }

        var value = new BigInteger(scalar, isUnsigned: true, isBigEndian: true);
        return value.IsZero || value >= N;
    }
}
