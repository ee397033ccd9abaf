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
