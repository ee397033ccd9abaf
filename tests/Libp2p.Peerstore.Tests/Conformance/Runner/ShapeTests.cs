using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>What rules can tell of keys and signatures.</summary>
public sealed class ShapeTests
{
    [Theory]
    [InlineData("300602010102010200", true)]
    [InlineData("3009020101020102020103", true)]
    [InlineData("3006020101020102", false)]
    [InlineData("3003020101", false)]
    [InlineData("308106020101020102", false)]
    [InlineData("", false)]
    public void Bytes_beside_r_and_s_are_seen(string signature, bool expected) =>
        Assert.Equal(expected, EcdsaSignatureShape.HasMoreThanRAndS(Convert.FromHexString(signature)));

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", true)]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", true)]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", true)]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", true)]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", true)]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", false)]
    [InlineData("00", false)]
    public void Keys_of_small_order_or_in_another_writing_are_weak(string key, bool expected) =>
        Assert.Equal(expected, Ed25519Shape.IsWeak(Convert.FromHexString(key)));

    // The first test of RFC 8032, section 7.1.
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", false)]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511b", true)]
    public void The_public_half_of_another_seed_is_seen(string publicHalf, bool expected) => Assert.Equal(
        expected,
        Ed25519Shape.HasForeignHalf(Convert.FromHexString(
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60" + publicHalf)));

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", true)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", false)]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", false)]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", true)]
    [InlineData("00", false)]
    public void A_scalar_lies_between_one_and_the_order(string scalar, bool expected) =>
        Assert.Equal(expected, Secp256k1Shape.IsOutOfRange(Convert.FromHexString(scalar)));
}
