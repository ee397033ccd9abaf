namespace Libp2p.Tests;

/// <summary>Keys as go-libp2p reads and writes them.</summary>
public sealed class KeyConformanceTests
{
    public static TheoryData<int, string> Pairs => Number(KeyVectors.All.Keys, pair => $"{pair.Type} {pair.PeerId}");

    public static TheoryData<int, string> PublicBytes => Number(KeyVectors.All.PublicKeyBytes, item => item.About);

    public static TheoryData<int, string> PrivateBytes => Number(KeyVectors.All.PrivateKeyBytes, item => item.About);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_key_pair_reads_and_writes_as_in_go(int number, string label)
    {
        var pair = KeyVectors.All.Keys[number];

        var publicKey = PublicKey.Decode(pair.PublicKey);
        var privateKey = PrivateKey.Decode(pair.PrivateKey);

        Assert.Equal(pair.Type, publicKey.Type.ToString(), ignoreCase: true);
        Assert.Equal(pair.RawPublic, publicKey.Raw.ToArray());
        Assert.Equal(pair.PublicKey, publicKey.Encoded.ToArray());
        Assert.Equal(publicKey, privateKey.PublicKey);
        Assert.Equal(pair.PrivateKey, privateKey.Encode());
        Assert.True(pair.PrivateKey.AsSpan().EndsWith(pair.RawPrivate), label);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Signatures_of_go_verify_and_ours_equal_them_where_the_scheme_is_deterministic(int number, string label)
    {
        var pair = KeyVectors.All.Keys[number];
        var key = PrivateKey.Decode(pair.PrivateKey);

        var signature = key.Sign(pair.Message);

        Assert.True(key.PublicKey.Verify(pair.Message, pair.Signature), label);
        Assert.True(key.PublicKey.Verify(pair.Message, signature), label);

        // RFC 6979 is the gift of the library at hand; the platform's own ECDSA draws a random nonce.
        var isDeterministic = key.Type != KeyType.Secp256k1 || Secp256k1Providers.Current.IsDeterministic;
        if (pair.DeterministicSignature && isDeterministic)
        {
            Assert.Equal(pair.Signature, signature);
        }
    }

    [Theory]
    [MemberData(nameof(PublicBytes))]
    public void Bytes_are_a_public_key_exactly_when_go_says_so(int number, string label)
    {
        var item = KeyVectors.All.PublicKeyBytes[number];

        var decoded = PublicKey.TryDecode(item.Bytes, DecodeLimits.Default, out var key, out var error);

        Assert.True(item.Valid == decoded, $"{label}: {error}");
        Assert.Equal(decoded, error == default);
        if (decoded)
        {
            Assert.Equal(item.Type, key!.Type.ToString(), ignoreCase: true);
            Assert.Equal(item.Canonical, key.Encoded.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(PrivateBytes))]
    public void Bytes_are_a_private_key_exactly_when_go_says_so_but_for_dangerous_ones(int number, string label)
    {
        var item = KeyVectors.All.PrivateKeyBytes[number];

        var decoded = PrivateKey.TryDecode(item.Bytes, DecodeLimits.Default, out var key, out var error);

        var expected = item.Valid && KeyDeviations.FindReason(item) is null;
        Assert.True(expected == decoded, $"{label}: {error}");
        Assert.Equal(decoded, error == default);
        if (decoded)
        {
            Assert.Equal(item.Type, key!.Type.ToString(), ignoreCase: true);
            Assert.Equal(item.Canonical, key.Encode());
        }
    }

    [Fact]
    public void Every_deviation_from_go_on_private_keys_is_met_by_the_vectors()
    {
        var reasons = KeyVectors.All.PrivateKeyBytes.Where(item => item.Valid).Select(KeyDeviations.FindReason);

        Assert.Equal([KeyDeviations.ForeignHalf, KeyDeviations.NoScalar], new SortedSet<string>(reasons.OfType<string>(), StringComparer.Ordinal));
    }

    internal static TheoryData<int, string> Number<T>(IReadOnlyList<T> items, Func<T, string> label)
    {
        TheoryData<int, string> data = [];
        for (var i = 0; i < items.Count; i++)
        {
            data.Add(i, label(items[i]));
        }

        return data;
    }
}
