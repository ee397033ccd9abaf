namespace Libp2p.Tests;

public sealed class KeyFuzzTests
{
    private const int Rounds = 3000;

    [Fact]
    public void No_bytes_make_decoding_a_public_key_or_verifying_with_it_throw()
    {
        var random = Seeded.Start(out var seed);
        byte[][] corpus = [.. KeyVectors.All.PublicKeyBytes.Select(item => item.Bytes), .. KeyVectors.All.Keys.Select(pair => pair.PublicKey)];
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = random.Mutate(corpus[random.Next(corpus.Length)]);
            var decoded = PublicKey.TryDecode(bytes, DecodeLimits.Default, out var key, out var error);

            Assert.True(decoded == (error == default), Describe(seed, round, bytes));
            if (decoded)
            {
                // What is written back is a fixed point, and it verifies nothing that is not its own.
                Assert.True(PublicKey.Decode(key!.Encoded).Equals(key), Describe(seed, round, bytes));
                // A good signature of another key of its kind over the same message.
                var other = Pick(random, KeyVectors.All.Keys, pair => IsOfType(pair, key.Type) && !key.Encoded.SequenceEqual(pair.PublicKey));
                Assert.False(key.Verify(other.Message, other.Signature), Describe(seed, round, bytes));
            }
        }
    }

    [Fact]
    public void No_bytes_make_decoding_a_private_key_throw()
    {
        var random = Seeded.Start(out var seed);
        byte[][] corpus = [.. KeyVectors.All.PrivateKeyBytes.Select(item => item.Bytes)];
        for (var round = 0; round < Rounds / 4; round++)
        {
            var bytes = random.Mutate(corpus[random.Next(corpus.Length)]);
            var decoded = PrivateKey.TryDecode(bytes, DecodeLimits.Default, out var key, out var error);

            Assert.True(decoded == (error == default), Describe(seed, round, bytes));
            Assert.True(!decoded || key!.PublicKey.Verify([1], key.Sign([1])), Describe(seed, round, bytes));
        }
    }

    [Fact]
    public void No_changed_signature_verifies_or_throws()
    {
        var random = Seeded.Start(out var seed);
        for (var round = 0; round < Rounds; round++)
        {
            var pair = KeyVectors.All.Keys[random.Next(KeyVectors.All.Keys.Count)];
            var signature = random.Mutate(pair.Signature);
            var verdict = PublicKey.Decode(pair.PublicKey).Verify(pair.Message, signature);

            Assert.True(verdict == signature.AsSpan().SequenceEqual(pair.Signature), Describe(seed, round, signature));
        }
    }

    private static KeyVectors.Pair Pick(Random random, IReadOnlyList<KeyVectors.Pair> pairs, Func<KeyVectors.Pair, bool> isGood)
    {
        KeyVectors.Pair[] good = [.. pairs.Where(isGood)];
        return good[random.Next(good.Length)];
    }

    private static bool IsOfType(KeyVectors.Pair pair, KeyType type) => string.Equals(pair.Type, type.ToString(), StringComparison.OrdinalIgnoreCase);

    private static string Describe(int seed, int round, byte[] bytes) =>
        $"{Seeded.Variable}={seed}, round {round}: {Convert.ToHexStringLower(bytes)}";
}
