namespace Libp2p.Peerstore.Tests;

public class EvictionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_peer_with_many_addresses_evicts_no_more_of_others_than_it_may_keep(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 20, MaxAddressesPerPeer = 4 });
        for (var i = 0; i < 20; i++)
        {
            await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        }

        var evil = Sample.NewPeer();
        await store.Addresses.AddAsync(evil, [.. Enumerable.Range(0, 100).Select(Sample.Address)], Sample.Minute, Token);
        Assert.Equal(4, (await store.Addresses.GetAsync(evil, Token)).Count);
        Assert.Equal(17, (await store.Addresses.GetPeersAsync(Token).ToSetAsync()).Count);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_peer_is_never_the_victim_of_its_own_change(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 2 });
        var key = Sample.NewKey();
        var (peer, other) = (PeerId.FromPublicKey(key.PublicKey), Sample.NewPeer());
        await store.Records.ConsumeAsync(Sample.Record(key, 5, Sample.Tcp), Sample.Minute, Token);
        await store.Addresses.AddAsync(other, [Sample.Tcp], Sample.Hour, Token);

        Assert.Equal(RecordOutcome.Stale, await store.Records.ConsumeAsync(Sample.Record(key, 4, Sample.Quic), Sample.Hour, Token));
        var version = (await store.Peers.GetSnapshotAsync(peer, Token)).Version;
        Assert.Equal(
            PeerEditOutcome.Applied,
            await store.Peers.UpdatePeerAsync(peer, version, static edit => edit.AddAddresses([Sample.Quic], Sample.Hour), Token));
        Assert.Equal([Sample.Tcp.ToString(), Sample.Quic.ToString()], await store.TextsAsync(peer));
        Assert.Empty(await store.Addresses.GetAsync(other, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_is_refused_or_adds_nothing_evicts_nobody(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxPeers = 1, MaxProtocolsPerPeer = 1, MaxMetadataBytes = 4 });
        var (known, fresh) = (Sample.NewPeer(), Sample.NewPeer());
        await store.Addresses.AddAsync(known, [Sample.Tcp], Sample.Hour, Token);

        await store.Addresses.AddAsync(fresh, [], Sample.Hour, Token);
        await store.Addresses.SetAsync(fresh, [Sample.Tcp], TimeSpan.Zero, Token);
        await store.Addresses.AddAsync(fresh, [Sample.Tcp.WithPeer(known)], Sample.Hour, Token);
        Assert.Equal(ProtocolOutcome.TooMany, await store.Peers.Protocols.SetAsync(fresh, ["/a", "/b"], Token));
        Assert.Equal(MetadataOutcome.TooLarge, await store.Peers.Metadata.SetAsync(fresh, "k", "too long", Token));
        Assert.Equal(
            PeerEditOutcome.VersionChanged,
            await store.Peers.UpdatePeerAsync(fresh, new PeerVersion(7), static edit => edit.SetProtocols(["/a"]), Token));
        Assert.Equal(PeerEditOutcome.Applied, await store.Peers.UpdatePeerAsync(fresh, static edit => edit.RemoveKeys(), Token));
        Assert.Single(await store.Addresses.GetAsync(known, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_ends_first_goes_first_also_after_the_clock_was_set_back(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxPeers = 50 });
        store.Clock.SetUtcNow(store.Clock.GetUtcNow().AddDays(-2));
        var peers = Enumerable.Range(0, 60).Select(static _ => Sample.NewPeer()).ToArray();
        for (var i = 0; i < peers.Length; i++)
        {
            await store.Addresses.AddAsync(peers[i], [Sample.Tcp], Sample.Hour + (i * Sample.Minute), Token);
        }

        Assert.Equal(peers[10..].ToHashSet(), await store.Addresses.GetPeersAsync(Token).ToSetAsync());
    }

    [Fact]
    public async Task No_more_is_given_up_than_is_needed()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory, new() { MaxAddresses = 5, MaxSignedRecords = 1 });
        for (var i = 0; i < 5; i++)
        {
            await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        }

        var (peer, known) = (Sample.NewPeer(), Sample.Record(Sample.NewKey(), 1, Sample.Tcp));
        await store.Addresses.AddAsync(peer, [.. Enumerable.Repeat(Sample.Quic, 20)], Sample.Minute, Token);
        Assert.Equal(5, (await store.Addresses.GetPeersAsync(Token).ToSetAsync()).Count);
        await store.Records.ConsumeAsync(known, Sample.Hour, Token);
        await store.Records.ConsumeAsync(Sample.Record(Sample.NewKey(), 1), Sample.Hour, Token);
        Assert.NotNull(await store.Records.GetRecordAsync(known.Peer, Token));
    }

    [Fact]
    public async Task A_stale_edit_takes_nothing_from_others()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory, new() { MaxAddresses = 2 });
        var (key, other) = (Sample.NewKey(), Sample.NewPeer());
        var older = Sample.Record(key, 4, Sample.Quic);
        await store.Records.ConsumeAsync(Sample.Record(key, 5, Sample.Tcp), Sample.Hour, Token);
        await store.Addresses.AddAsync(other, [Sample.Tcp], Sample.Minute, Token);

        var outcome = await store.Peers.UpdatePeerAsync(
            older.Peer,
            edit => edit.AddAddresses([Sample.Address(1), Sample.Address(2)], Sample.Hour).Consume(older, Sample.Hour),
            Token);
        Assert.Equal(PeerEditOutcome.StaleRecord, outcome);
        Assert.Single(await store.Addresses.GetAsync(other, Token));
    }

    [Fact]
    public async Task A_new_peer_that_finds_no_place_takes_nothing_from_others()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory, new() { MaxAddresses = 1, MaxPeers = 1 });
        var key = Sample.NewKey();
        var self = PeerId.FromPublicKey(key.PublicKey);
        await store.Peers.Keys.AddPrivateKeyAsync(self, key, Token);
        await store.Addresses.AddAsync(self, [Sample.Tcp], Sample.Hour, Token);

        Assert.Equal(new() { NoRoom = 1 }, await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token));
        Assert.Single(await store.Addresses.GetAsync(self, Token));
    }

    [Fact]
    public async Task A_store_above_its_limit_goes_on_one_for_one()
    {
        using var folder = new TemporaryFolder();
        await using (var store = await Sqlite.SqlitePeerstore.OpenAsync(folder.File("peers.db"), cancellationToken: Token))
        {
            for (var i = 0; i < 10; i++)
            {
                await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
            }
        }

        await using var smaller = await Sqlite.SqlitePeerstore.OpenAsync(
            folder.File("peers.db"), new() { Store = new() { MaxAddresses = 5, MaxPeers = 5 } }, cancellationToken: Token);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(new() { Added = 1 }, await smaller.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token));
            Assert.InRange((await smaller.GetPeersAsync(Token).ToSetAsync()).Count, 5, 10);
        }
    }

    [Fact]
    public async Task Under_load_a_store_that_can_evict_refuses_nothing()
    {
        await using var store = MemoryPeerstore.Create(new() { MaxAddresses = 100, MaxPeers = 100 });
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var changes = await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp, Sample.Quic], Sample.Hour, Token);
                Interlocked.Add(ref refused, changes.NoRoom);
            }
        })));
        Assert.Equal(0, refused);
    }
}
