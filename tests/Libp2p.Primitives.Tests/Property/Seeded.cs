using System.Globalization;

namespace Libp2p.Tests;

/// <summary>Runs a property on random input; a failure names the seed, and LIBP2P_TEST_SEED replays it.</summary>
internal static class Seeded
{
    public static void Run(int times, Action<Random> property)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("LIBP2P_TEST_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"LIBP2P_TEST_SEED={seed}");
        var random = new Random(seed);
        for (var i = 0; i < times; i++)
        {
            try
            {
                property(random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Failed in round {i}; replay with LIBP2P_TEST_SEED={seed}.", e);
            }
        }
    }

    public static byte[] Bytes(this Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);

        // Zeros, in front above all, are where encodings go wrong.
        if (random.Next(4) == 0)
        {
            bytes.AsSpan(0, random.Next(length + 1)).Clear();
        }

        return bytes;
    }
}
