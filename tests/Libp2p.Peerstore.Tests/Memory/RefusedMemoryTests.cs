namespace Libp2p.Peerstore.Tests;

/// <summary>The system refuses memory, at every place where the engine asks for some.</summary>
public class RefusedMemoryTests
{
    private static readonly PeerstoreOptions Roomy = new() { SweepInterval = TimeSpan.Zero };

    private static readonly PeerstoreOptions Tight = Roomy with { MaxPeers = 20, MaxAddresses = 30, MaxSignedRecords = 3 };

    [Fact]
    public async Task A_call_that_is_refused_memory_throws_and_has_changed_nothing()
    {
        var operations = new MixedOperations(Seeded.Seed());
        using var undisturbed = new RefusingRun(operations, Roomy);
        var (asked, states) = await RecordAsync(undisturbed);
        Assert.InRange(asked[^1], 100, 10_000);
        var thrown = 0;
        for (var refused = 1; refused <= asked[^1]; refused++)
        {
            using var run = new RefusingRun(operations, Roomy) { Refused = asked => asked == refused };
            var at = Array.FindIndex(asked, asked => asked >= refused);
            await run.ContinueToAsync(at);
            var before = run.States();
            if (await run.TryNextAsync() is false)
            {
                thrown++;
                Assert.Equal(before, run.States());
                Assert.Empty(run.Engine.Check());
                run.Repeat();
                Assert.True(await run.TryNextAsync());
            }

            // With memory for it, or without, where it was not needed: as if nothing had been.
            Assert.Equal(states[at], run.States());
            Assert.Empty(run.Engine.Check());
            await run.ContinueToAsync(operations.All.Length);
            Assert.Equal(states[^1], run.States());
            Assert.Empty(run.Engine.Check());
        }

        Assert.InRange(thrown, asked[^1] / 4, asked[^1]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task A_full_store_stays_in_order_however_often_memory_is_refused(int often)
    {
        var operations = new MixedOperations(Seeded.Seed());
        using var run = new RefusingRun(operations, Tight) { Refused = asked => asked % often == 0 };
        var thrown = 0;
        while (!run.IsAtEnd)
        {
            thrown += await run.TryNextAsync() ? 0 : 1;
            Assert.Empty(run.Engine.Check());
        }

        Assert.True(thrown > 0);
        run.Refused = static _ => false;
        await run.AssertUsableAsync();
    }

    [Fact]
    public async Task Without_any_memory_left_everything_can_still_be_read_and_removed()
    {
        var operations = new MixedOperations(Seeded.Seed());
        using var run = new RefusingRun(operations, Roomy);
        await run.ContinueToAsync(operations.All.Length);
        run.Refused = static _ => true;
        var states = run.States();
        Assert.Equal(states, run.States());
        await run.RemoveAllAsync();
        Assert.Empty(run.Engine.Check());
        Assert.Equal((0, 0, 0), (run.Engine.PeerCount, run.Engine.AddressCount, run.Engine.RecordCount));

        run.Refused = static _ => false;
        await run.AssertUsableAsync();
    }

    [Fact]
    public async Task What_has_expired_is_swept_without_any_memory_left()
    {
        var operations = new MixedOperations(Seeded.Seed());
        using var run = new RefusingRun(operations, Roomy);
        await run.ContinueToAsync(operations.All.Length);
        run.Refused = static _ => true;
        Assert.NotEqual(0, run.Engine.AddressCount);
        run.Clock.Advance(2 * Sample.Hour);
        run.Engine.Sweep();
        Assert.Equal(0, run.Engine.AddressCount);
        Assert.Empty(run.Engine.Check());
    }

    /// <summary>How often memory had been asked for after each operation, and what was known then.</summary>
    private static async Task<(int[] Asked, string[][] States)> RecordAsync(RefusingRun run)
    {
        List<int> asked = [];
        List<string[]> states = [];
        while (!run.IsAtEnd)
        {
            Assert.True(await run.TryNextAsync());
            asked.Add(run.Asked);
            states.Add(run.States());
        }

        Assert.Empty(run.Engine.Check());
        return ([.. asked], [.. states]);
    }
}
