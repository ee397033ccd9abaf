using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>What hangs for one peer does not keep the others, whose grace periods are over, in the store.</summary>
public sealed class DepartureTests : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<PeerId> _hanging = [];
    private readonly MemoryPeerstore _store;
    private readonly FaultyPeerstore _faulty;
    private readonly PeerLifecycle _lifecycle;
    private Func<PeerId, bool> _keepPeer = static _ => false;

    public DepartureTests()
    {
        _store = MemoryPeerstore.Create(timeProvider: _clock);
        _faulty = new FaultyPeerstore(_store);
        _lifecycle = new PeerLifecycle(_faulty, new() { KeepPeer = peer => _keepPeer(peer) }, _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_hangs_for_one_peer_does_not_stop_the_departures_of_others()
    {
        _faulty.BeforeRemoval = HangAsync;
        var peers = await LeaveAsync(3, hanging: 1);
        _clock.Advance(Sample.Minute);
        _clock.Advance(Moment);
        await AssertKnownAsync(peers[..1], peers);
        Assert.Equal(1, _lifecycle.Count);
        _goOn.SetResult();
        await _lifecycle.DisposeAsync();
        await AssertKnownAsync([], peers);
    }

    [Fact]
    public async Task A_reason_that_hangs_for_one_peer_does_not_stop_the_departures_of_others()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _keepPeer = peer =>
        {
            if (_hanging.Contains(peer))
            {
                asked.TrySetResult();
                _goOn.Task.Wait(Token);
            }

            return false;
        };
        var peers = await LeaveAsync(3, hanging: 1);
        var stuck = Task.Run(() => _clock.Advance(Sample.Minute), Token);
        await asked.Task;
        _clock.Advance(Moment);
        await AssertKnownAsync(peers[..1], peers);
        _goOn.SetResult();
        await stuck;
        await AssertKnownAsync([], peers);
    }

    [Fact]
    public async Task Departures_under_way_are_bounded_and_those_that_wait_are_made_up_for()
    {
        var begun = 0;
        _faulty.BeforeRemoval = peer =>
        {
            begun++;
            return HangAsync(peer);
        };
        var peers = await LeaveAsync(100, hanging: 90);
        _clock.Advance(Sample.Minute);
        for (var i = 0; i < 100; i++)
        {
            _clock.Advance(Moment);
        }

        Assert.Equal(LifecycleLimits.DeparturesAtOnce, begun);
        Assert.Equal(100, _lifecycle.Count);
        _goOn.SetResult();
        await _lifecycle.DisposeAsync();
        await AssertKnownAsync([], peers);
    }

    [Fact]
    public async Task Many_departures_at_once_are_over_when_the_timer_has_run()
    {
        await LeaveAsync(10_000, hanging: 0);
        _clock.Advance(Sample.Minute);
        Assert.Equal(0, _lifecycle.Count);
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.TrySetResult();
        await _lifecycle.DisposeAsync();
        await _store.DisposeAsync();
    }

    private Task HangAsync(PeerId peer) => _hanging.Contains(peer) ? _goOn.Task : Task.CompletedTask;

    /// <summary>Lets peers come and go at one instant, and chooses the first of them to hang.</summary>
    private async Task<PeerId[]> LeaveAsync(int count, int hanging)
    {
        PeerId[] peers = [.. Enumerable.Range(0, count).Select(static _ => Sample.NewPeer())];
        _hanging.UnionWith(peers.Take(hanging));
        foreach (var peer in peers)
        {
            await _store.Protocols.SetAsync(peer, ["/a"], Token);
            await _lifecycle.ConnectedAsync(new(peer, 1, default), Token);
            await _lifecycle.DisconnectedAsync(new(peer, 1, default), Token);
        }

        return peers;
    }

    private async Task AssertKnownAsync(PeerId[] known, PeerId[] of)
    {
        foreach (var peer in of)
        {
            Assert.Equal(known.Contains(peer), await _store.Protocols.GetAsync(peer, Token) is { Count: > 0 });
        }
    }
}
