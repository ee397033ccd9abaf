namespace Libp2p.Peerstore.Tests;

public class LateChangeTests
{
    [Fact]
    public async Task A_change_that_asked_for_the_time_before_a_reader_came_tells_it_what_it_renews()
    {
        var clock = new SetClock();
        await using var store = MemoryPeerstore.Create(new() { SweepInterval = TimeSpan.Zero }, clock);
        var (peer, token) = (Sample.NewPeer(), TestContext.Current.CancellationToken);
        await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Minute, token);
        var before = clock.Now;
        clock.Now += Sample.Minute;
        await using var reader = store.Addresses.WatchAsync(peer, token).GetAsyncEnumerator(token);
        var next = reader.MoveNextAsync();

        // The change read the clock, and then waited until the reader was there.
        clock.Now = before;
        await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, token);
        Assert.True(await next);
        Assert.Equal(new AddressEvent(AddressEventKind.Added, Sample.Tcp), reader.Current);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
