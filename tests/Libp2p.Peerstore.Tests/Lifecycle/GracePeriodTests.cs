namespace Libp2p.Peerstore.Tests;

public class GracePeriodTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_peer_that_stays_away_loses_all_but_its_addresses(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind, keyType: KeyType.Rsa);
        await LeaveAsync(stage);
        stage.Clock.Advance(Sample.Minute - Tick);
        Assert.True(await IsRememberedAsync(stage));
        stage.Clock.Advance(Tick);

        Assert.False(await IsRememberedAsync(stage));
        var snapshot = await stage.SnapshotAsync();
        Assert.Null(snapshot.PublicKey);
        Assert.Null(snapshot.Latency);
        Assert.Empty(snapshot.MetadataKeys);
        Assert.Single(snapshot.Addresses);
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task A_peer_that_comes_back_in_time_loses_nothing()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await LeaveAsync(stage);
        stage.Clock.Advance(Sample.Minute - Tick);
        var connection = await stage.ConnectAsync();
        stage.Clock.Advance(Sample.Hour);
        Assert.True(await IsRememberedAsync(stage));

        await stage.DisconnectAsync(connection);
        stage.Clock.Advance(Sample.Minute - Tick);
        Assert.True(await IsRememberedAsync(stage));
        stage.Clock.Advance(Tick);
        Assert.False(await IsRememberedAsync(stage));
    }

    [Fact]
    public async Task A_peer_that_is_kept_for_a_reason_is_asked_about_again_until_the_reason_is_gone()
    {
        var isKept = true;
        PeerId asked = default;
        await using var stage = await LifecycleStage.SetAsync(options: new()
        {
            GracePeriod = Sample.Minute * 2,
            KeepPeer = peer =>
            {
                asked = peer;
                return isKept;
            },
        });
        await LeaveAsync(stage);
        stage.Clock.Advance(Sample.Minute * 9);
        Assert.Equal(stage.Peer, asked);
        Assert.True(await IsRememberedAsync(stage));
        Assert.Equal(1, stage.Lifecycle.Count);
        isKept = false;
        stage.Clock.Advance(Sample.Minute);
        Assert.False(await IsRememberedAsync(stage));
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task A_reason_that_throws_is_reported_and_asked_again()
    {
        var failure = new InvalidOperationException("no reason");
        var throws = true;
        await using var stage = await LifecycleStage.SetAsync(
            options: new() { GracePeriod = TimeSpan.Zero, KeepPeer = _ => throws ? throw failure : false });
        await LeaveAsync(stage);
        stage.Clock.Advance(Sample.Minute);
        Assert.Same(failure, stage.Lifecycle.LastFailure);
        throws = false;
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsRememberedAsync(stage));
    }

    [Fact]
    public async Task Whoever_goes_is_not_delayed_by_those_who_are_asked_about_again()
    {
        PeerId kept = default;
        await using var stage = await LifecycleStage.SetAsync(
            options: new() { GracePeriod = TimeSpan.FromMilliseconds(10), KeepPeer = peer => peer == kept });
        kept = Sample.NewPeer();
        await stage.Lifecycle.ConnectedAsync(new(kept, 1, default), Token);
        await stage.Lifecycle.DisconnectedAsync(new(kept, 1, default), Token);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(10));
        await LeaveAsync(stage);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.False(await IsRememberedAsync(stage));
        Assert.Equal(1, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task An_identity_of_this_node_is_never_removed()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await stage.Peers.Keys.AddPrivateKeyAsync(stage.Peer, stage.Key, Token);
        await LeaveAsync(stage);
        stage.Clock.Advance(Sample.Hour);
        Assert.NotNull(await stage.Peers.Keys.GetPrivateKeyAsync(stage.Peer, Token));
        Assert.True(await IsRememberedAsync(stage));
    }

    [Fact]
    public async Task Each_of_many_peers_goes_at_its_own_time()
    {
        await using var stage = await LifecycleStage.SetAsync();
        PeerConnection[] connections = [.. Enumerable.Range(0, 60).Select(static i => new PeerConnection(Sample.NewPeer(), i, default))];
        foreach (var connection in connections)
        {
            await stage.Lifecycle.ConnectedAsync(connection, Token);
        }

        foreach (var connection in connections)
        {
            await stage.DisconnectAsync(connection);
            stage.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        for (var left = 59; left >= 0; left--)
        {
            Assert.Equal(left, stage.Lifecycle.Count);
            stage.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_peer_that_comes_and_goes_takes_no_more_memory_than_one()
    {
        await using var stage = await LifecycleStage.SetAsync();
        for (var i = 0; i < 1_000; i++)
        {
            await stage.DisconnectAsync(await stage.ConnectAsync());
            Assert.Equal(1, stage.Lifecycle.Count);
        }

        stage.Clock.Advance(Sample.Minute);
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task Setting_the_time_of_day_neither_shortens_nor_prolongs_the_grace_period()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await LeaveAsync(stage);
        stage.Clock.SetUtcNow(stage.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        stage.Clock.Advance(Sample.Minute - Tick);
        Assert.Equal(1, stage.Lifecycle.Count);
        stage.Clock.SetUtcNow(stage.Clock.GetUtcNow() - TimeSpan.FromDays(2));
        stage.Clock.Advance(Tick);
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task A_grace_period_longer_than_timers_run_is_waited_for()
    {
        await using var stage = await LifecycleStage.SetAsync(options: new() { GracePeriod = TimeSpan.FromDays(100) });
        await LeaveAsync(stage);
        stage.Clock.Advance(TimeSpan.FromDays(100) - Tick);
        Assert.Equal(1, stage.Lifecycle.Count);
        stage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task An_endless_grace_period_removes_nothing()
    {
        await using var stage = await LifecycleStage.SetAsync(options: new() { GracePeriod = TimeSpan.MaxValue });
        stage.Clock.Advance(Sample.Hour);
        await LeaveAsync(stage);
        stage.Clock.Advance(TimeSpan.FromDays(1000));
        Assert.True(await IsRememberedAsync(stage));
    }

    private static async Task<bool> IsRememberedAsync(LifecycleStage stage) => (await stage.SnapshotAsync()).Protocols.Count > 0;

    private static async Task LeaveAsync(LifecycleStage stage)
    {
        var connection = await stage.ConnectAsync();
        await stage.Peers.Metrics.RecordLatencyAsync(stage.Peer, Sample.Minute, Token);
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp) with
        {
            Protocols = ["/a"],
            AgentVersion = "x",
            PublicKey = stage.Key.PublicKey.Encoded.ToArray(),
        });
        await stage.DisconnectAsync(connection);
    }
}
