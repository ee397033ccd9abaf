namespace Libp2p.Peerstore.Tests;

public class PeerEditTests
{
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_edit_in_a_full_store_does_what_the_books_do(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 2, MaxSignedRecords = 1 });
        var other = Sample.NewPeer();
        await store.Records.ConsumeAsync(Sample.Record(_key, 5, Sample.Tcp), AddressTtl.Connected, Token);
        await store.Addresses.AddAsync(other, [Sample.Tcp, Sample.Quic], Sample.Hour, Token);

        await store.Peers.UpdatePeerAsync(
            Peer, static edit => edit.UpdateAddresses(AddressTtl.Connected, AddressTtl.RecentlyConnected), Token);
        Assert.Single(await store.Addresses.GetAsync(Peer, Token));
        var older = Sample.Record(_key, 4, Sample.Six);
        Assert.Equal(
            PeerEditOutcome.Applied,
            await store.Peers.UpdatePeerAsync(Peer, edit => edit.ClearAddresses().Consume(older, Sample.Hour), Token));
        Assert.Equal(
            PeerEditOutcome.Applied,
            await store.Peers.UpdatePeerAsync(
                Peer, static edit => edit.AddAddresses([Sample.Address(1)], Sample.Hour).SetProtocols(["/a"]), Token));
        Assert.Equal(2, (await store.Addresses.GetAsync(Peer, Token)).Count);
        Assert.Empty(await store.Addresses.GetAsync(other, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_stream_shows_an_edit_as_a_whole(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(Peer, [Sample.Tcp], Sample.Hour, Token);
        await using var stream = store.Addresses.WatchAsync(Peer, Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        await store.Peers.UpdatePeerAsync(
            Peer,
            static edit => edit
                .AddAddresses([Sample.Quic], Sample.Hour)
                .ClearAddresses()
                .AddAddresses([Sample.Tcp, Sample.Six], Sample.Hour),
            Token);

        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(new(AddressEventKind.Added, Sample.Six), stream.Current);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_recorder_is_of_no_use_after_its_edit(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        IPeerEdit? late = null;
        await store.Peers.UpdatePeerAsync(Peer, edit => late = edit.SetProtocols(["/a"]), Token);

        Assert.Throws<InvalidOperationException>(() => late!.SetProtocols(["/b"]));
        Assert.Throws<InvalidOperationException>(() => late!.ClearAddresses());
    }

    [Fact]
    public async Task Of_many_edits_that_compare_and_set_each_counts_once_and_none_is_half_seen()
    {
        await using var store = MemoryPeerstore.Create();
        var half = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 250;)
            {
                var snapshot = await store.GetSnapshotAsync(Peer, Token);
                var count = snapshot.Protocols.Count == 0 ? 0 : int.Parse(snapshot.Protocols[0]);
                half += snapshot.Latency is { } latency && latency.Ticks != count ? 1 : 0;
                var outcome = await store.UpdatePeerAsync(
                    Peer,
                    snapshot.Version,
                    edit => edit.SetProtocols([$"{count + 1}"]).RemoveLatency().RecordLatency(TimeSpan.FromTicks(count + 1)),
                    Token);
                done += outcome == PeerEditOutcome.Applied ? 1 : 0;
            }
        })));

        Assert.Equal(0, half);
        Assert.Equal(["1000"], await store.Protocols.GetAsync(Peer, Token));
    }
}
