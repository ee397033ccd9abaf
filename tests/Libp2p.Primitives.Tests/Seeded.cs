using System.Globalization;

namespace Libp2p.Tests;

/// <summary>Random input for tests; a failure names the seed, and the environment variable LIBP2P_TEST_SEED replays it.</summary>
internal static class Seeded
{
    public const string Variable = "LIBP2P_TEST_SEED";

    /// <summary>Draws a seed, or takes that of the environment, and prints how to replay it.</summary>
    public static Random Start(out int seed)
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        seed = given is null ? Environment.TickCount : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"Replay with {Variable}={seed}");
        return new Random(seed);
    }

    public static void Run(int times, Action<Random> property)
    {
        var random = Start(out var seed);
        for (var i = 0; i < times; i++)
        {
            try
            {
                property(random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Failed in round {i}; replay with {Variable}={seed}.", e);
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
