namespace Libp2p.Peerstore.Tests;

public class AddressStreamTests
{
    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_stream_gives_what_is_known_then_each_new_address_once(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Minute, Token);
        await store.Addresses.AddAsync(_peer, [Sample.Quic], Sample.Hour, Token);
        await using var stream = store.Addresses.WatchAsync(_peer, Token).GetAsyncEnumerator(Token);
        Assert.Equal(new(AddressEventKind.Known, Sample.Quic), await NextAsync(stream));
        Assert.Equal(new(AddressEventKind.Known, Sample.Tcp), await NextAsync(stream));

        await store.Addresses.AddAsync(_peer, [Sample.Tcp, Sample.Six, Sample.Six], Sample.Hour, Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Address(1)], Sample.Hour, Token);
        await store.Addresses.SetAsync(_peer, [Sample.Address(2)], Sample.Hour, Token);
        Assert.Equal(new(AddressEventKind.Added, Sample.Six), await NextAsync(stream));
        Assert.Equal(new(AddressEventKind.Added, Sample.Address(2)), await NextAsync(stream));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_stream_ends_with_its_store(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var stream = store.Addresses.WatchAsync(_peer, Token).GetAsyncEnumerator(Token);
        var next = stream.MoveNextAsync();
        await store.Peers.DisposeAsync();

        Assert.False(await next);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_waits_in_a_stream_is_read_after_its_store_has_ended(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, Token);
        await using var stream = store.Addresses.WatchAsync(_peer, Token).GetAsyncEnumerator(Token);
        Assert.Equal(new(AddressEventKind.Known, Sample.Tcp), await NextAsync(stream));
        await store.Addresses.AddAsync(_peer, [Sample.Quic], Sample.Hour, Token);
        await store.Peers.DisposeAsync();

        Assert.Equal(new(AddressEventKind.Added, Sample.Quic), await NextAsync(stream));
        Assert.False(await stream.MoveNextAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_stream_ends_when_it_is_cancelled(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        using var stop = new CancellationTokenSource();
        await using var stream = store.Addresses.WatchAsync(_peer, stop.Token).GetAsyncEnumerator(Token);
        var next = stream.MoveNextAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.AsTask());
    }

    [Fact]
    public async Task Thousands_of_readers_that_never_read_cost_no_more_than_their_buffers()
    {
        const int Readers = 5_000;
        await using var store = await TestStore.OpenAsync(StoreKind.Memory, new() { WatchBuffer = 8 });
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Permanent, Token);
        var streams = new List<IAsyncEnumerator<AddressEvent>>();
        for (var i = 0; i < Readers; i++)
        {
            var stream = store.Addresses.WatchAsync(_peer, Token).GetAsyncEnumerator(Token);
            Assert.Equal(new(AddressEventKind.Known, Sample.Tcp), await NextAsync(stream));
            streams.Add(stream);
        }

        await AddAsync(from: 0, to: 100);
        var full = GC.GetTotalMemory(forceFullCollection: true);
        await AddAsync(from: 100, to: 1_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - full, long.MinValue, 1 << 20);

        Assert.Equal(AddressEventKind.Resync, (await NextAsync(streams[0])).Kind);
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }

        async Task AddAsync(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                await store.Addresses.AddAsync(_peer, [Sample.Address(i)], Sample.Hour, Token);
            }
        }
    }

    private static async Task<AddressEvent> NextAsync(IAsyncEnumerator<AddressEvent> stream)
    {
        Assert.True(await stream.MoveNextAsync());
        return stream.Current;
    }
}
