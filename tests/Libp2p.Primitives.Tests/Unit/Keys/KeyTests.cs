namespace Libp2p.Tests;

public sealed class KeyTests
{
    private static readonly byte[] Message = [.. "a message"u8];

    public static TheoryData<KeyType> Types => [.. Enum.GetValues<KeyType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_new_key_signs_and_survives_encoding(KeyType type)
    {
        var key = PrivateKey.Generate(type);

        var again = PrivateKey.Decode(key.Encode());

        Assert.Equal(type, again.Type);
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.Equal(key.Encode(), again.Encode());
        Assert.True(PublicKey.Decode(key.PublicKey.Encoded).Verify(Message, again.Sign(Message)));
        Assert.False(key.PublicKey.Verify([.. Message, 0], key.Sign(Message)));
        Assert.NotEqual(key.PublicKey, PrivateKey.Generate(type).PublicKey);
    }

    [Fact]
    public void RSA_keys_come_in_other_sizes_within_bounds()
    {
        Assert.True(PrivateKey.GenerateRsa(3072).PublicKey.Raw.Length > 3072 / 8);
        Assert.Throws<ArgumentOutOfRangeException>(() => PrivateKey.GenerateRsa(2047));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrivateKey.GenerateRsa(2052));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrivateKey.GenerateRsa(8200));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrivateKey.Generate((KeyType)4));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_truncation_of_a_key_is_refused(KeyType type)
    {
        var key = PrivateKey.Generate(type);
        var encodedPrivate = key.Encode();
        var encodedPublic = key.PublicKey.Encoded.ToArray();

        for (var length = 0; length < encodedPublic.Length; length++)
        {
            Assert.False(PublicKey.TryDecode(encodedPublic.AsSpan(0, length), out _));
        }

        for (var length = 0; length < encodedPrivate.Length; length++)
        {
            Assert.False(PrivateKey.TryDecode(encodedPrivate.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void A_key_above_the_limit_is_refused_before_anybody_looks_at_it()
    {
        var limits = new DecodeLimits { MaxKeyBytes = 35 };
        var key = PrivateKey.Generate(KeyType.Ed25519);

        Assert.False(PublicKey.TryDecode(key.PublicKey.Encoded, limits, out _, out var error));
        Assert.Equal(35, error.Position);
        Assert.False(PrivateKey.TryDecode(key.Encode(), limits, out _, out _));
        Assert.True(PublicKey.TryDecode(key.PublicKey.Encoded, limits with { MaxKeyBytes = 36 }, out _, out error));
        Assert.Equal(default, error);
    }

    [Fact]
    public void Decode_names_the_rule_and_never_the_private_bytes()
    {
        Assert.Contains("has a type", Assert.Throws<FormatException>(() => PublicKey.Decode([])).Message, StringComparison.Ordinal);
        var failure = Assert.Throws<FormatException>(() => PrivateKey.Decode([0x08, 0x01, 0x12, 0x02, 0xab, 0xcd]));

        Assert.Contains("64 bytes", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abcd", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("0801120200ff", "a length within")]
    [InlineData("120200ff", "no type")]
    [InlineData("0805120200ff", "no such type")]
    [InlineData("0801120200ff07", "junk behind")]
    public void A_private_key_that_is_refused_leaves_no_copy_behind(string hex, string about)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.False(PrivateKey.TryDecode(bytes, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(PrivateKey.TryDecode(bytes, out _), about);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("0801", 0, "the whole, which lacks its data")]
    [InlineData("12020102", 0, "the whole, which lacks its type")]
    [InlineData("12000805", 2, "the unknown type")]
    [InlineData("0801120200ff", 4, "the data, which are too short")]
    [InlineData("080112021fff07", 6, "a wire type that does not exist")]
    [InlineData("08011203", 3, "a length beyond the end")]
    [InlineData("08ffffffffffffffffff02", 1, "a varint of 65 bits")]
    [InlineData("088080808080808080808001", 1, "a varint of 11 bytes")]
    public void An_error_names_the_place_in_the_key(string hex, int position, string about)
    {
        Assert.False(PublicKey.TryDecode(Convert.FromHexString(hex), DecodeLimits.Default, out _, out var error));

        Assert.True(position == error.Position, $"{about}: {error}");
    }

    [Fact]
    public void Keys_are_equal_when_their_encodings_are()
    {
        var key = PrivateKey.Generate(KeyType.Ed25519).PublicKey;
        var same = PublicKey.Decode(key.Encoded);
        var other = PrivateKey.Generate(KeyType.Ed25519).PublicKey;

        Assert.True(key == same && key.Equals((object)same) && key.GetHashCode() == same.GetHashCode());
        Assert.True(key != other && !key.Equals(other) && !key.Equals(null) && !key.Equals("key"));
        Assert.True(key != null && null != key);
    }

    [Fact]
    public void A_private_key_prints_its_kind_only_and_a_public_key_its_encoding()
    {
        var key = PrivateKey.Generate(KeyType.Secp256k1);

        Assert.Equal("Secp256k1 private key", key.ToString());
        Assert.Equal("Secp256k1 " + Convert.ToBase64String(key.PublicKey.Encoded), key.PublicKey.ToString());
        Assert.DoesNotContain("Byte", new KeyMaterial([1], [2]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_gives_an_array_of_its_own()
    {
        var key = PrivateKey.Generate(KeyType.Ed25519);
        var encoded = key.Encode();

        Array.Clear(encoded);

        Assert.True(key.PublicKey.Verify(Message, PrivateKey.Decode(key.Encode()).Sign(Message)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Keys_work_in_many_threads_at_once(KeyType type)
    {
        var key = PrivateKey.Generate(type);

        Parallel.For(0, 64, number =>
        {
            var message = BitConverter.GetBytes(number);
            var signature = key.Sign(message);
            Assert.True(key.PublicKey.Verify(message, signature));
            signature[^1] ^= 1;
            Assert.False(key.PublicKey.Verify(message, signature));
        });
    }

    [Fact]
    public void A_machine_without_a_library_says_what_to_install()
    {
        var failure = Assert.Throws<PlatformNotSupportedException>(() => Ed25519Providers.Choose([]));

        Assert.Contains("libsodium", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_are_not_optional()
    {
        Assert.Throws<ArgumentNullException>(() => PublicKey.TryDecode([], null!, out _, out _));
        Assert.Throws<ArgumentNullException>(() => PrivateKey.TryDecode([], null!, out _, out _));
    }
}
