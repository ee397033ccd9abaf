namespace Libp2p.Tests;

/// <summary>Signatures as go-libp2p judges them, with every library that can be loaded here.</summary>
public sealed class SignatureConformanceTests
{
    public static TheoryData<int, string> Signatures => KeyConformanceTests.Number(KeyVectors.All.Signatures, item => item.About);

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_signature_is_good_exactly_when_go_says_so_but_for_dangerous_ones(int number, string label)
    {
        var item = KeyVectors.All.Signatures[number];

        var verdict = PublicKey.Decode(item.PublicKey).Verify(item.Message, item.Signature);

        Assert.True(verdict == IsGoodHere(item), label);
    }

    [Fact]
    public void Every_deviation_from_go_on_signatures_is_met_by_the_vectors()
    {
        var reasons = KeyVectors.All.Signatures.Where(item => item.Valid).Select(KeyDeviations.FindReason);

        Assert.Equal([KeyDeviations.SmallOrder, KeyDeviations.LooseDer], new SortedSet<string>(reasons.OfType<string>(), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries.Ed25519), MemberType = typeof(Libraries))]
    public void Every_library_gives_the_same_verdicts_on_Ed25519(string library)
    {
        var algorithm = new Ed25519Algorithm(Libraries.FindEd25519(library));

        CheckVerdicts(algorithm, KeyType.Ed25519);
    }

    [Theory]
    [MemberData(nameof(Libraries.Secp256k1), MemberType = typeof(Libraries))]
    public void Every_library_gives_the_same_verdicts_on_secp256k1(string library)
    {
        var algorithm = new Secp256k1Algorithm(Libraries.FindSecp256k1(library));

        CheckVerdicts(algorithm, KeyType.Secp256k1);
    }

    [Theory]
    [MemberData(nameof(Libraries.Ed25519), MemberType = typeof(Libraries))]
    public void Every_library_makes_go_s_Ed25519_signatures(string library)
    {
        CheckPairs(new Ed25519Algorithm(Libraries.FindEd25519(library)), KeyType.Ed25519, isDeterministic: true);
    }

    [Theory]
    [MemberData(nameof(Libraries.Secp256k1), MemberType = typeof(Libraries))]
    public void Every_library_makes_good_secp256k1_signatures_and_go_s_where_it_can(string library)
    {
        var provider = Libraries.FindSecp256k1(library);

        CheckPairs(new Secp256k1Algorithm(provider), KeyType.Secp256k1, provider.IsDeterministic);
    }

    [Theory]
    [MemberData(nameof(Libraries.Secp256k1), MemberType = typeof(Libraries))]
    public void Every_library_agrees_on_what_is_a_secp256k1_key(string library)
    {
        var algorithm = new Secp256k1Algorithm(Libraries.FindSecp256k1(library));
        var seen = 0;
        foreach (var item in KeyVectors.All.PublicKeyBytes)
        {
            if (KeyCodec.TryRead(item.Bytes, DecodeLimits.Default, out var fields, out _) && fields.Type == KeyType.Secp256k1)
            {
                Assert.True(item.Valid == algorithm.TryReadPublic(fields.Data.In(item.Bytes), out var raw, out _), item.About);
                Assert.True(raw is null || item.Canonical.AsSpan().EndsWith(raw), item.About);
                seen++;
            }
        }

        Assert.True(seen > 10);
    }

    private static bool IsGoodHere(KeyVectors.SignatureBytes item) => item.Valid && KeyDeviations.FindReason(item) is null;

    private static void CheckVerdicts(KeyAlgorithm algorithm, KeyType type)
    {
        foreach (var item in KeyVectors.All.Signatures)
        {
            var key = PublicKey.Decode(item.PublicKey);
            if (key.Type == type)
            {
                Assert.True(IsGoodHere(item) == algorithm.Verify(key.Raw, item.Message, item.Signature), item.About);
            }
        }
    }

    private static void CheckPairs(KeyAlgorithm algorithm, KeyType type, bool isDeterministic)
    {
        foreach (var pair in KeyVectors.All.Keys.Where(pair => PublicKey.Decode(pair.PublicKey).Type == type))
        {
            Assert.True(algorithm.TryReadPrivate(pair.RawPrivate, out var key, out _));
            var signature = algorithm.Sign(key, pair.Message);

            Assert.Equal(pair.RawPublic, key.Public);
            Assert.True(algorithm.Verify(key.Public, pair.Message, pair.Signature));
            Assert.True(KeyAlgorithm.Find(type)!.Verify(key.Public, pair.Message, signature));
            if (isDeterministic)
            {
                Assert.Equal(pair.Signature, signature);
            }
        }
    }
}
