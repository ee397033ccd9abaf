namespace Libp2p.Peerstore.Tests;

public class AddressStreamTests
{
    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_between_the_last_read_and_the_next_wait()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory, new() { WatchBuffer = 1 });
        await using var stream = store.Addresses.WatchAsync(_peer, Token).GetAsyncEnumerator(Token);
        var first = NextAsync(stream);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, Token);
        var seen = new HashSet<Multiaddr> { (await first).Address };
        await store.Addresses.AddAsync(_peer, [Sample.Quic], Sample.Hour, Token);
        await store.Addresses.AddAsync(_peer, [Sample.Six], Sample.Hour, Token);
        while (seen.Count < 4)
        {
            // The three addresses, and the empty one of the resync.
            seen.Add((await NextAsync(stream)).Address);
        }

        Assert.Contains(Sample.Six, seen);
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
