using FsCheck;
using FsCheck.Fluent;

namespace Libp2p.Peerstore.Tests;

/// <summary>
/// Checks a property of random sequences; a failure shows the shortest sequence found, and LIBP2P_TEST_SEED replays it.
/// </summary>
internal static class Replayable
{
    /// <summary>Any odd number does.</summary>
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    public static void Check<T>(Gen<T> element, int times, Func<T[], Task> property)
    {
        var seed = Seeded.Seed();
        var config = Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(unchecked((ulong)seed), Gamma).WithStartSize(10).WithEndSize(60);
        var sequences = Arb.From(element.ArrayOf(), Shorter);
        try
        {
            Prop.ForAll(sequences, sequence => Wait(property, sequence)).Check(config);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Replay with {Seeded.Variable}={seed}. {e.Message}", e);
        }
    }

    /// <summary>FsCheck's properties do not await; a thread of the pool has no context that could wait for this one.</summary>
    private static void Wait<T>(Func<T, Task> property, T sequence) => Task.Run(() => property(sequence)).GetAwaiter().GetResult();

    /// <summary>The same sequence without its halves, quarters and so on, and at last without each single element.</summary>
    private static IEnumerable<T[]> Shorter<T>(T[] sequence)
    {
        for (var length = sequence.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start < sequence.Length; start += length)
            {
                yield return [.. sequence.Take(start), .. sequence.Skip(start + length)];
            }
        }

        if (sequence.Length == 1)
        {
            yield return [];
        }
    }
}
