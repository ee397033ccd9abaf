namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 12 of the field: go-libp2p's stream of addresses blocks writers behind a slow reader, and grows.</summary>
public class BlockedWriterTests
{
    private const int Buffer = 16;

    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_reader_that_falls_behind_delays_no_writer_and_gets_a_fresh_snapshot(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { WatchBuffer = Buffer });
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Permanent, Token);
        await using var stream = store.Addresses.WatchAsync(_peer, Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        for (var i = 0; i < 10_000; i++)
        {
            // A writer that had to wait would not be done here.
            AtOnce.Answer(store.Addresses.AddAsync(_peer, [Sample.Address(i)], Sample.Hour, Token));
        }

        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(AddressEventKind.Resync, stream.Current.Kind);
        var live = await store.Addresses.GetAsync(_peer, Token);
        var snapshot = new HashSet<Multiaddr>();
        while (snapshot.Count < live.Count)
        {
            Assert.True(await stream.MoveNextAsync());
            Assert.Equal(AddressEventKind.Known, stream.Current.Kind);
            snapshot.Add(stream.Current.Address);
        }

        Assert.Equal(live.ToHashSet(), snapshot);
        await store.Addresses.AddAsync(_peer, [Sample.Six], Sample.Hour, Token);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(new(AddressEventKind.Added, Sample.Six), stream.Current);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Thousands_of_readers_get_each_new_address(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Permanent, Token);
        var streams = Enumerable.Range(0, 2000).Select(_ => store.Addresses.WatchAsync(_peer, Token).GetAsyncEnumerator(Token)).ToList();
        foreach (var stream in streams)
        {
            Assert.True(await stream.MoveNextAsync());
        }

        await store.Addresses.AddAsync(_peer, [Sample.Quic], Sample.Hour, Token);
        foreach (var stream in streams)
        {
            Assert.True(await stream.MoveNextAsync());
            Assert.Equal(new(AddressEventKind.Added, Sample.Quic), stream.Current);
            await stream.DisposeAsync();
        }
    }
}
