using System.Numerics;

namespace Libp2p.Tests;

public sealed class Secp256k1Tests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.HexNumber, provider: null);

    [Theory]
    [MemberData(nameof(Libraries.Secp256k1), MemberType = typeof(Libraries))]
    public void Every_library_signs_with_the_lower_s_and_takes_both(string library)
    {
        var algorithm = new Secp256k1Algorithm(Libraries.FindSecp256k1(library));
        var key = algorithm.Generate();
        for (var i = 0; i < 20; i++)
        {
            var message = BitConverter.GetBytes(i);
            var signature = algorithm.Sign(key, message);

            Assert.True(EcdsaSignature.TryRead(signature, 32, out var r, out var s));
            var low = new BigInteger(s, isUnsigned: true, isBigEndian: true);
            Assert.True(low <= Order / 2);
            var high = EcdsaSignature.Write(r, (Order - low).ToByteArray(isUnsigned: true, isBigEndian: true));
            Assert.True(algorithm.Verify(key.Public, message, signature));
            Assert.True(algorithm.Verify(key.Public, message, high));
            Assert.False(algorithm.Verify(key.Public, [.. message, 1], high));
        }
    }

    [Theory]
    [MemberData(nameof(Libraries.Secp256k1), MemberType = typeof(Libraries))]
    public void Numbers_from_the_order_on_are_refused_in_a_signature(string library)
    {
        var algorithm = new Secp256k1Algorithm(Libraries.FindSecp256k1(library));
        var key = algorithm.Generate();
        var signature = algorithm.Sign(key, [1]);
        Assert.True(EcdsaSignature.TryRead(signature, 32, out var r, out var s));
        var order = Order.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] largest = [.. Enumerable.Repeat((byte)0xff, 32)];

        Assert.False(algorithm.Verify(key.Public, [1], EcdsaSignature.Write(r, order)));
        Assert.False(algorithm.Verify(key.Public, [1], EcdsaSignature.Write(order, s)));
        Assert.False(algorithm.Verify(key.Public, [1], EcdsaSignature.Write(r, largest)));
    }

    [Theory]
    [MemberData(nameof(Libraries.Secp256k1), MemberType = typeof(Libraries))]
    public void Every_library_derives_the_keys_at_both_ends_of_the_range(string library)
    {
        var provider = Libraries.FindSecp256k1(library);
        var one = new byte[32];
        one[^1] = 1;
        var last = (Order - 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        var first = new byte[33];
        var mirrored = new byte[33];

        provider.DerivePublicKey(one, first);
        provider.DerivePublicKey(last, mirrored);

        // SEC 2: the base point, and its mirror image.
        Assert.Equal("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", Convert.ToHexStringLower(first));
        Assert.Equal("0379be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", Convert.ToHexStringLower(mirrored));
    }

    [Theory]
    [MemberData(nameof(Libraries.Secp256k1), MemberType = typeof(Libraries))]
    public void Every_library_agrees_on_which_x_have_a_point(string library)
    {
        var provider = Libraries.FindSecp256k1(library);
        var platform = new PlatformSecp256k1();
        var point = new byte[33];
        for (var x = 0; x < 100; x++)
        {
            point[0] = (byte)(2 + x % 2);
            point[^1] = (byte)x;

            Assert.Equal(platform.IsPoint(point), provider.IsPoint(point));
        }
    }

    [Fact]
    public void A_private_key_of_zero_is_refused()
    {
        Assert.False(Secp256k1Algorithm.Instance.TryReadPrivate(new byte[32], out _, out var error));
        Assert.Contains("between 1", error.Rule, StringComparison.Ordinal);
    }
}
