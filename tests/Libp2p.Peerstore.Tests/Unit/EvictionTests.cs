namespace Libp2p.Peerstore.Tests;

public class EvictionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task In_a_full_store_the_address_that_ends_first_makes_room(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 3 });
        PeerId[] peers = [.. Enumerable.Range(0, 4).Select(static _ => Sample.NewPeer())];
        await store.Addresses.AddAsync(peers[0], [Sample.Tcp], 3 * Sample.Minute, Token);
        await store.Addresses.AddAsync(peers[1], [Sample.Tcp], 1 * Sample.Minute, Token);
        await store.Addresses.AddAsync(peers[2], [Sample.Tcp], 2 * Sample.Minute, Token);

        Assert.Equal(new() { Added = 1 }, await store.Addresses.AddAsync(peers[3], [Sample.Tcp], Sample.Minute / 2, Token));
        Assert.Equal([peers[0], peers[2], peers[3]], Sorted(await store.Addresses.GetPeersAsync(Token).ToSetAsync(), peers));
        await store.ReopenAsync();
        Assert.Equal(3, (await store.Peers.GetPeersAsync(Token).ToSetAsync()).Count);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Renewing_what_is_known_evicts_nothing(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 2 });
        var (first, second) = (Sample.NewPeer(), Sample.NewPeer());
        await store.Addresses.AddAsync(first, [Sample.Tcp], Sample.Minute, Token);
        await store.Addresses.AddAsync(second, [Sample.Tcp], Sample.Minute, Token);

        await store.Addresses.AddAsync(second, [Sample.Tcp, Sample.Tcp], Sample.Hour, Token);
        await store.Addresses.SetAsync(second, [Sample.Tcp], Sample.Hour, Token);
        Assert.Single(await store.Addresses.GetAsync(first, Token));
    }

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

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Nothing_of_a_connected_peer_and_nothing_permanent_makes_room(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 1, MaxSignedRecords = 1 });
        var record = Sample.Record(Sample.NewKey(), 1, Sample.Tcp);
        await store.Records.ConsumeAsync(record, Sample.Minute, Token);
        await store.Addresses.AddAsync(record.Peer, [Sample.Quic], AddressTtl.Connected, Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Quic], AddressTtl.Permanent, Token);

        var other = Sample.Record(Sample.NewKey(), 1, Sample.Six);
        Assert.Equal(RecordOutcome.NoRoom, await store.Records.ConsumeAsync(other, Sample.Hour, Token));
        Assert.Equal(new() { NoRoom = 1 }, await store.Addresses.AddAsync(other.Peer, [Sample.Six], Sample.Hour, Token));
        await store.Addresses.UpdateAsync(record.Peer, AddressTtl.Connected, TimeSpan.Zero, Token);
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(other, Sample.Hour, Token));
        Assert.Empty(await store.Addresses.GetAsync(record.Peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_record_of_the_peer_that_ends_first_makes_room_and_its_addresses_stay(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxSignedRecords = 2 });
        PeerRecord[] records = [.. Enumerable.Range(0, 3).Select(static _ => Sample.Record(Sample.NewKey(), 1, Sample.Tcp))];
        await store.Records.ConsumeAsync(records[0], Sample.Hour, Token);
        await store.Records.ConsumeAsync(records[1], Sample.Minute, Token);
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(records[2], Sample.Minute, Token));

        Assert.NotNull(await store.Records.GetRecordAsync(records[0].Peer, Token));
        Assert.Null(await store.Records.GetRecordAsync(records[1].Peer, Token));
        var left = Assert.Single(await store.Addresses.GetDetailsAsync(records[1].Peer, Token));
        Assert.Equal(AddressSource.Added, left.Source);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_least_valuable_peer_makes_room_for_another_and_one_with_a_private_key_never(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxPeers = 3 });
        var own = Sample.NewKey();
        var (self, addressed, bare, fresh) =
            (PeerId.FromPublicKey(own.PublicKey), Sample.NewPeer(), Sample.NewPeer(), Sample.NewPeer());
        await store.Peers.Keys.AddPrivateKeyAsync(self, own, Token);
        await store.Addresses.AddAsync(addressed, [Sample.Tcp], Sample.Minute, Token);
        await store.Peers.Protocols.SetAsync(bare, ["/a"], Token);
        await store.Peers.Metadata.SetAsync(bare, "k", 1, Token);

        Assert.Equal(BookOutcome.Stored, await store.Peers.Metrics.RecordLatencyAsync(fresh, Sample.Minute, Token));
        Assert.Equal([self, addressed, fresh], Sorted(await store.Peers.GetPeersAsync(Token).ToSetAsync(), self, addressed, bare, fresh));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_store_full_of_peers_that_refuses_says_so_in_every_book(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxPeers = 1, WhenFull = FullPolicy.RefuseNew });
        var (key, known) = (Sample.NewKey(), Sample.NewPeer());
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await store.Addresses.AddAsync(known, [Sample.Tcp], Sample.Minute, Token);

        Assert.Equal(new() { NoRoom = 1 }, await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token));
        Assert.Equal(RecordOutcome.NoRoom, await store.Records.ConsumeAsync(Sample.Record(key, 1, Sample.Tcp), Sample.Hour, Token));
        Assert.Equal(BookOutcome.NoRoom, await store.Peers.Keys.AddPublicKeyAsync(peer, key.PublicKey, Token));
        Assert.Equal(BookOutcome.NoRoom, await store.Peers.Keys.AddPrivateKeyAsync(peer, key, Token));
        Assert.Equal(ProtocolOutcome.NoRoom, await store.Peers.Protocols.AddAsync(peer, ["/a"], Token));
        Assert.Equal(MetadataOutcome.NoRoom, await store.Peers.Metadata.SetAsync(peer, "k", 1, Token));
        Assert.Equal(BookOutcome.NoRoom, await store.Peers.Metrics.RecordLatencyAsync(peer, Sample.Hour, Token));
        Assert.Equal(PeerEditOutcome.NoRoom, await store.Peers.UpdatePeerAsync(peer, static edit => edit.SetProtocols(["/a"]), Token));
        Assert.Equal(ProtocolOutcome.Stored, await store.Peers.Protocols.AddAsync(known, ["/a"], Token));
        store.Clock.Advance(Sample.Minute);
        await store.Peers.Protocols.RemovePeerAsync(known, Token);
        Assert.Equal(ProtocolOutcome.Stored, await store.Peers.Protocols.AddAsync(peer, ["/a"], Token));
    }

    private static IEnumerable<PeerId> Sorted(HashSet<PeerId> found, params PeerId[] order)
    {
        Assert.Subset(order.ToHashSet(), found);
        return order.Where(found.Contains);
    }
}
