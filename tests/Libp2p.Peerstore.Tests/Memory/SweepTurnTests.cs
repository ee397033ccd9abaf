namespace Libp2p.Peerstore.Tests;

public class SweepTurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The unit of a queue is coarser than the clock: in the one that is now, who is not yet due stands among those that are.</summary>
    [Fact]
    public async Task Who_is_not_yet_due_keeps_nobody_from_being_swept()
    {
        const int Unit = 1 << 13;
        var clock = new Testing.ManualTimeProvider();
        using var engine = new PeerstoreEngine(new() { SweepInterval = TimeSpan.Zero }, clock);
        var store = new EngineStore(engine);
        PeerId[] peers = [.. Enumerable.Range(0, 20_000).Select(static _ => RandomIds.Next()).Where(static peer => PeerstoreEngine.ShardNumberOf(peer) == 0)];
        for (var i = 0; i < peers.Length; i++)
        {
            await store.Addresses.AddAsync(peers[i], [Sample.Tcp], TimeSpan.FromTicks((10 * Unit) + (i % 2)), Token);
        }

        clock.Advance(TimeSpan.FromTicks(10 * Unit));
        Assert.Equal((peers.Length + 1) / 2, engine.Sweep());
        Assert.Empty(engine.Check());
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(peers.Length / 2, engine.Sweep());
        Assert.Equal(0, engine.PeerCount);
    }
}
