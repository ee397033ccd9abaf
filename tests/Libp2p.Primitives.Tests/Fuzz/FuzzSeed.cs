using System.Globalization;

namespace Libp2p.Tests;

/// <summary>Where random tests begin: a new place each time, or the one in the environment variable LIBP2P_FUZZ_SEED.</summary>
internal static class FuzzSeed
{
    public const string Variable = "LIBP2P_FUZZ_SEED";

    /// <summary>Draws a seed and prints how to replay it.</summary>
    public static Random Start(out int seed)
    {
        var given = Environment.GetEnvironmentVariable(Variable);
        seed = given is null ? Environment.TickCount : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"Replay with {Variable}={seed}");
        return new Random(seed);
    }

    /// <summary>Changes a few bytes: overwrites, flips, cuts, inserts or repeats.</summary>
    public static byte[] Mutate(Random random, ReadOnlySpan<byte> original)
    {
        List<byte> bytes = [.. original];
        for (var rounds = random.Next(1, 4); rounds > 0; rounds--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(40), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
