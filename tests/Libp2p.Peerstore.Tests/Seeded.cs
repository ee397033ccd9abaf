using System.Globalization;

namespace Libp2p.Peerstore.Tests;

/// <summary>Where chance in tests comes from: what a test prints is what the environment variable LIBP2P_TEST_SEED replays.</summary>
internal static class Seeded
{
    public const string Variable = "LIBP2P_TEST_SEED";

    /// <summary>Draws a seed, or takes that of the environment, and prints how to replay it.</summary>
    public static int Seed() => Seed(Environment.GetEnvironmentVariable(Variable), TestContext.Current.TestOutputHelper);

    /// <summary>Chance that begins with such a seed.</summary>
    public static Random Start() => new(Seed());

    /// <summary>The same of an environment and an output that a test has made up.</summary>
    public static int Seed(string? given, ITestOutputHelper? output)
    {
        // No test may pass with another seed than the one that was asked for.
        var seed = given is null ? Environment.TickCount : int.Parse(given, CultureInfo.InvariantCulture);
        output?.WriteLine($"Replay with {Variable}={seed.ToString(CultureInfo.InvariantCulture)}");
        return seed;
    }
}
