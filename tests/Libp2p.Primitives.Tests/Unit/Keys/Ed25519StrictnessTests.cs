namespace Libp2p.Tests;

public sealed class Ed25519StrictnessTests
{
    private const int PointLength = 32;

    private static readonly byte[] Order = Convert.FromHexString("EDD3F55C1A631258D69CF7A2DEF9DE1400000000000000000000000000000010");

    public static TheoryData<string> SmallOrder => [.. Ed25519Points.SmallOrder];

    // The published cases of "Taming the many EdDSAs" (2020): what each tests, and the verdict of a strict verifier.
    public static TheoryData<string, string, string, string, bool> PublishedCases => new()
    {
        { "key and R of small order", "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a0000000000000000000000000000000000000000000000000000000000000000", false },
        { "key of small order", "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04", false },
        { "R of small order", "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab", "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e", false },
        { "key and R of mixed order", "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79", "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d", "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009", true },
        { "good only with the cofactor", "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c", "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d", "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09", false },
        { "good only with the cofactor, multiplied before the hash is reduced", "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c", "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d", "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405", false },
        { "S above the order", "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40", "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623", "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514", false },
        { "S far above the order", "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40", "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623", "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa19427e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22", false },
        { "R not canonical", "fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a", "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607", false },
        { "R not canonical, hashed as canonical", "84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1", "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d3be329006ace1b37b09", false },
    };

    [Theory]
    [MemberData(nameof(SmallOrder))]
    public void A_point_of_small_order_is_refused_in_every_spelling(string point)
    {
        Assert.False(Ed25519Strictness.IsAcceptablePoint(Convert.FromHexString(point)));
    }

    [Fact]
    public void Every_second_spelling_of_a_point_is_refused()
    {
        // The numbers from p to 2^255 - 1, with either sign: 2^255 - 19 to 2^255 - 1 end in these first bytes.
        byte[] point = [.. Enumerable.Repeat((byte)0xff, PointLength)];
        for (var first = 0xed; first <= 0xff; first++)
        {
            point[0] = (byte)first;
            point[^1] = 0x7f;
            Assert.False(Ed25519Strictness.IsAcceptablePoint(point));
            point[^1] = 0xff;
            Assert.False(Ed25519Strictness.IsAcceptablePoint(point));
        }

        point[0] = 0xeb;
        Assert.True(Ed25519Strictness.IsAcceptablePoint(point));
    }

    [Fact]
    public void S_lies_below_the_order_of_the_group()
    {
        var signature = new byte[2 * PointLength];
        var key = Vector().RawPublic;
        key.CopyTo(signature, 0);
        Order.CopyTo(signature, PointLength);

        Assert.False(Ed25519Strictness.Allows(key, signature));
        signature[PointLength]--;
        Assert.True(Ed25519Strictness.Allows(key, signature));
        signature[^1]++;
        Assert.False(Ed25519Strictness.Allows(key, signature));
    }

    // A key with a small component beside a large one, which only its own maker can have: two equations are possible.
    [Fact]
    public void Every_library_refuses_a_signature_of_mixed_order_that_needs_the_cofactor()
    {
        var key = Convert.FromHexString("03DA05EDD9601B48984CD6752B519D5C8019441DBBCBCCD0E9624D6656E60EAA");
        var signature = Convert.FromHexString(
            "21CB19798798336653E6059901623C4709C5089B1B84D5F30A154AC6BA295EA6C84A0A31480F1C5B0A49460B8FC954ED0D75789E9F9E7C2C9CA49895F4D8B004");

        Assert.True(Ed25519Strictness.Allows(key, signature));
        Assert.All(Ed25519Providers.Loaded, provider => Assert.False(new Ed25519Algorithm(provider).Verify(key, [1, 2, 0], signature), provider.Name));
    }

    [Theory]
    [MemberData(nameof(PublishedCases))]
    public void Every_library_judges_the_published_cases_alike(string about, string message, string key, string signature, bool isGood)
    {
        foreach (var provider in Ed25519Providers.Loaded)
        {
            var verdict = new Ed25519Algorithm(provider)
                .Verify(Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));

            Assert.True(verdict == isGood, $"{provider.Name}: {about}");
        }
    }

    [Theory]
    [MemberData(nameof(Libraries.Ed25519), MemberType = typeof(Libraries))]
    public void A_library_keeps_the_same_key_and_signature_as_the_others(string library)
    {
        var provider = Libraries.FindEd25519(library);
        var pair = Vector();
        var publicKey = new byte[PointLength];
        var signature = new byte[2 * PointLength];

        provider.DerivePublicKey(pair.RawPrivate.AsSpan(0, PointLength), publicKey);
        provider.Sign(pair.RawPrivate.AsSpan(0, PointLength), publicKey, pair.Message, signature);

        Assert.Equal(pair.RawPublic, publicKey);
        Assert.Equal(pair.Signature, signature);
        Assert.True(provider.Verify(publicKey, pair.Message, signature));
        Assert.False(provider.Verify(publicKey, [.. pair.Message, 0], signature));
    }

    private static KeyVectors.Pair Vector() => KeyVectors.All.Keys.First(pair => string.Equals(pair.Type, "Ed25519", StringComparison.Ordinal));
}
