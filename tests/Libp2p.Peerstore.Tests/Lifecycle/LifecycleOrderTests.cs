namespace Libp2p.Peerstore.Tests;

/// <summary>What is reported of one peer takes effect in the order of the calls, whatever the store waits for.</summary>
public class LifecycleOrderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_identify_reported_before_the_last_disconnect_is_over_before_it()
    {
        await using var race = await Race.BeginAsync();
        var identified = race.Lifecycle.IdentifiedAsync(race.Second, LifecycleStage.Listening(Sample.Quic), Token).AsTask();
        var first = race.Lifecycle.DisconnectedAsync(race.First, Token).AsTask();
        var second = race.Lifecycle.DisconnectedAsync(race.Second, Token).AsTask();
        Assert.False(identified.IsCompleted || first.IsCompleted || second.IsCompleted);
        race.GoOn();
        await Task.WhenAll(identified, first, second);

        Assert.Equal((ConnectionChange.Ended, ConnectionChange.Last), (await first, await second));
        await race.AssertOnlyAsync(Sample.Quic, AddressTtl.RecentlyConnected);
    }

    [Fact]
    public async Task An_identify_reported_after_the_end_of_another_connection_finds_the_peer_connected()
    {
        await using var race = await Race.BeginAsync();
        var first = race.Lifecycle.DisconnectedAsync(race.First, Token).AsTask();
        var identified = race.Lifecycle.IdentifiedAsync(race.Second, LifecycleStage.Listening(Sample.Quic), Token).AsTask();
        race.GoOn();
        await Task.WhenAll(identified, first);
        await race.AssertOnlyAsync(Sample.Quic, AddressTtl.Connected);
    }

    [Fact]
    public async Task An_identify_reported_after_the_last_disconnect_leaves_nothing_connected()
    {
        await using var race = await Race.BeginAsync();
        var first = race.Lifecycle.DisconnectedAsync(race.First, Token).AsTask();
        var second = race.Lifecycle.DisconnectedAsync(race.Second, Token).AsTask();
        var identified = race.Lifecycle.IdentifiedAsync(race.First, LifecycleStage.Listening(Sample.Quic), Token).AsTask();
        race.GoOn();
        await Task.WhenAll(first, second, identified);
        await race.AssertOnlyAsync(Sample.Quic, AddressTtl.RecentlyConnected);
    }

    [Fact]
    public async Task A_peer_that_comes_back_while_its_removal_waits_for_its_turn_is_not_removed()
    {
        await using var race = await Race.BeginAsync(isBlocked: false);
        await race.Store.Protocols.SetAsync(race.First.Peer, ["/a"], Token);
        await race.Lifecycle.DisconnectedAsync(race.First, Token);
        await race.Lifecycle.DisconnectedAsync(race.Second, Token);
        race.Block();
        var late = race.Lifecycle.IdentifyPushedAsync(race.First, new() { AgentVersion = "x" }, Token).AsTask();
        var back = race.Lifecycle.ConnectedAsync(race.First, Token).AsTask();
        race.Clock.Advance(Sample.Minute);
        race.GoOn();
        await Task.WhenAll(late, back);
        await race.Lifecycle.DialSucceededAsync(race.First.Peer, Sample.Tcp, Token);

        Assert.Equal(["/a"], await race.Store.Protocols.GetAsync(race.First.Peer, Token));
        Assert.Equal(1, race.Lifecycle.Count);
    }

    [Fact]
    public async Task A_peer_that_comes_back_and_goes_while_its_removal_waits_gets_a_grace_period_of_its_own()
    {
        await using var race = await Race.BeginAsync(isBlocked: false);
        await race.Lifecycle.DisconnectedAsync(race.First, Token);
        await race.Lifecycle.DisconnectedAsync(race.Second, Token);
        await race.Store.Protocols.SetAsync(race.First.Peer, ["/a"], Token);
        race.Block();
        var late = race.Lifecycle.IdentifyPushedAsync(race.First, new() { AgentVersion = "x" }, Token).AsTask();
        var back = race.Lifecycle.ConnectedAsync(race.First, Token).AsTask();
        var gone = race.Lifecycle.DisconnectedAsync(race.First, Token).AsTask();
        race.Clock.Advance(Sample.Minute);
        race.GoOn();
        await Task.WhenAll(late, back, gone);
        await race.Lifecycle.DialSucceededAsync(race.First.Peer, Sample.Tcp, Token);
        Assert.Equal(["/a"], await race.Store.Protocols.GetAsync(race.First.Peer, Token));

        race.Clock.Advance(Sample.Minute);
        Assert.Empty(await race.Store.Protocols.GetAsync(race.First.Peer, Token));
        Assert.Equal(0, race.Lifecycle.Count);
    }

    [Fact]
    public async Task One_peer_does_not_wait_for_another()
    {
        await using var race = await Race.BeginAsync();
        var blocked = race.Lifecycle.IdentifiedAsync(race.First, LifecycleStage.Listening(Sample.Quic), Token).AsTask();
        var other = new PeerConnection(Sample.NewPeer(), 1, default);
        Assert.Equal(ConnectionChange.First, await race.Lifecycle.ConnectedAsync(other, Token));
        Assert.False(blocked.IsCompleted);
        race.GoOn();
        await blocked;
    }

    [Fact]
    public async Task A_cancelled_wait_ends_and_the_order_stays()
    {
        await using var race = await Race.BeginAsync();
        using var cancellation = new CancellationTokenSource();
        var identified = race.Lifecycle.IdentifiedAsync(race.Second, LifecycleStage.Listening(Sample.Quic), cancellation.Token).AsTask();
        var first = race.Lifecycle.DisconnectedAsync(race.First, Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => identified);
        Assert.False(first.IsCompleted);
        race.GoOn();
        await first;
        await race.AssertOnlyAsync(Sample.Quic, AddressTtl.Connected);
    }

    /// <summary>A peer with two connections, and a store that answers only when it is told to go on.</summary>
    private sealed class Race : IAsyncDisposable
    {
        private readonly TestStore _store;
        private readonly FaultyPeerstore _faulty;
        private TaskCompletionSource _barrier = new();

        private Race(TestStore store)
        {
            (_store, _faulty) = (store, new FaultyPeerstore(store.Peers));
            Lifecycle = new(_faulty, timeProvider: store.Clock);
            var peer = Sample.NewPeer();
            (First, Second) = (new(peer, "first", LifecycleStage.Seen), new(peer, "second", LifecycleStage.Seen));
        }

        public PeerLifecycle Lifecycle { get; }

        public PeerConnection First { get; }

        public PeerConnection Second { get; }

        public IPeerstore Store => _store.Peers;

        public Testing.ManualTimeProvider Clock => _store.Clock;

        public static async Task<Race> BeginAsync(bool isBlocked = true)
        {
            var race = new Race(await TestStore.OpenAsync(StoreKind.Memory));
            await race.Lifecycle.ConnectedAsync(race.First, Token);
            await race.Lifecycle.ConnectedAsync(race.Second, Token);
            await race.Lifecycle.IdentifiedAsync(race.First, LifecycleStage.Listening(Sample.Tcp), Token);
            if (isBlocked)
            {
                race.Block();
            }

            return race;
        }

        public void Block()
        {
            _barrier = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _faulty.Barrier = _barrier.Task;
        }

        public void GoOn() => _barrier.TrySetResult();

        public async Task AssertOnlyAsync(Multiaddr address, TimeSpan ttl)
        {
            var snapshot = await Store.GetSnapshotAsync(First.Peer, Token);
            var details = Assert.Single(snapshot.Addresses);
            Assert.Equal((address, ttl), (details.Address, details.Ttl));
        }

        public async ValueTask DisposeAsync()
        {
            GoOn();
            await Lifecycle.DisposeAsync();
            await _store.DisposeAsync();
        }
    }
}
