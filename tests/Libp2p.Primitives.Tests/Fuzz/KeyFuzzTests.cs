namespace Libp2p.Tests;

public sealed class KeyFuzzTests
{
    private const int Rounds = 3000;

    [Fact]
    public void No_bytes_make_decoding_a_public_key_or_verifying_with_it_throw()
    {
        Random random = FuzzSeed.Start(out int seed);
        byte[][] corpus = [.. KeyVectors.All.PublicKeyBytes.Select(item => item.Bytes), .. KeyVectors.All.Keys.Select(pair => pair.PublicKey)];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = FuzzSeed.Mutate(random, corpus[random.Next(corpus.Length)]);
            bool decoded = PublicKey.TryDecode(bytes, DecodeLimits.Default, out PublicKey? key, out DecodeError error);

            Assert.True(decoded == (error == default), Describe(seed, round, bytes));
            if (decoded)
            {
                // What is written back is a fixed point, and it verifies nothing that is not its own.
                Assert.True(PublicKey.Decode(key!.Encoded).Equals(key), Describe(seed, round, bytes));
                Assert.False(key.Verify([1, 2, 3], KeyVectors.All.Signatures[random.Next(KeyVectors.All.Signatures.Count)].Signature));
            }
        }
    }

    [Fact]
    public void No_bytes_make_decoding_a_private_key_throw()
    {
        Random random = FuzzSeed.Start(out int seed);
        byte[][] corpus = [.. KeyVectors.All.PrivateKeyBytes.Select(item => item.Bytes)];
        for (int round = 0; round < Rounds / 4; round++)
        {
            byte[] bytes = FuzzSeed.Mutate(random, corpus[random.Next(corpus.Length)]);
            bool decoded = PrivateKey.TryDecode(bytes, DecodeLimits.Default, out PrivateKey? key, out DecodeError error);

            Assert.True(decoded == (error == default), Describe(seed, round, bytes));
            Assert.True(!decoded || key!.PublicKey.Verify([1], key.Sign([1])), Describe(seed, round, bytes));
        }
    }

    [Fact]
    public void No_changed_signature_verifies_or_throws()
    {
        Random random = FuzzSeed.Start(out int seed);
        for (int round = 0; round < Rounds; round++)
        {
            KeyVectors.Pair pair = KeyVectors.All.Keys[random.Next(KeyVectors.All.Keys.Count)];
            byte[] signature = FuzzSeed.Mutate(random, pair.Signature);
            bool verdict = PublicKey.Decode(pair.PublicKey).Verify(pair.Message, signature);

            Assert.True(verdict == signature.AsSpan().SequenceEqual(pair.Signature), Describe(seed, round, signature));
        }
    }

    private static string Describe(int seed, int round, byte[] bytes) =>
        $"{FuzzSeed.Variable}={seed}, round {round}: {Convert.ToHexStringLower(bytes)}";
}
