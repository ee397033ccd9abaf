namespace Libp2p.Peerstore.Tests;

public class LimitTests
{
    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_peer_at_its_limit_gives_up_the_address_that_ends_first(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddressesPerPeer = 2 });
        await store.Addresses.AddAsync(_peer, [Sample.Address(1)], AddressTtl.Permanent, Token);
        await store.Addresses.AddAsync(_peer, [Sample.Address(2)], Sample.Hour, Token);
        await store.Addresses.AddAsync(_peer, [Sample.Address(3)], Sample.Minute, Token);
        var changes = await store.Addresses.AddAsync(_peer, [Sample.Address(4)], Sample.Minute, Token);

        Assert.Equal(new AddressChanges { Added = 1, Evicted = 1 }, changes);
        Assert.Equal(
            [Sample.Address(1).ToString(), Sample.Address(2).ToString(), Sample.Address(4).ToString()],
            await store.TextsAsync(_peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_store_that_refuses_when_full_renews_known_addresses_all_the_same(StoreKind kind)
    {
        // go drops both: a full store forgets even what it sees again and again.
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 2, WhenFull = FullPolicy.RefuseNew });
        await store.Addresses.AddAsync(_peer, [Sample.Tcp, Sample.Quic], Sample.Minute, Token);
        var changes = await store.Addresses.AddAsync(_peer, [Sample.Tcp, Sample.Six], Sample.Hour, Token);

        Assert.Equal(new AddressChanges { Renewed = 1, NoRoom = 1 }, changes);
        store.Clock.Advance(Sample.Minute);
        var other = Sample.NewPeer();
        Assert.Equal(1, (await store.Addresses.AddAsync(other, [Sample.Tcp], Sample.Hour, Token)).Added);
        Assert.Equal(1, (await store.Addresses.AddAsync(other, [Sample.Quic], Sample.Hour, Token)).NoRoom);
        Assert.Equal(1, (await store.Addresses.AddAsync(other, [Sample.Quic], AddressTtl.Permanent, Token)).Added);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Endless_addresses_of_a_peer_are_limited_however_they_became_endless(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxEndlessAddressesPerPeer = 1 });
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Permanent, Token);
        await store.Addresses.AddAsync(_peer, [Sample.Quic], Sample.Hour, Token);

        var refused = new AddressChanges { NoRoom = 1 };
        Assert.Equal(refused, await store.Addresses.AddAsync(_peer, [Sample.Six], AddressTtl.Connected, Token));
        Assert.Equal(refused, await store.Addresses.AddAsync(_peer, [Sample.Quic], AddressTtl.Connected, Token));
        Assert.Equal(refused, await store.Addresses.SetAsync(_peer, [Sample.Quic], AddressTtl.Connected, Token));
        Assert.Equal(refused, await store.Addresses.UpdateAsync(_peer, Sample.Hour, AddressTtl.Connected, Token));
        Assert.Equal(2, (await store.Addresses.GetAsync(_peer, Token)).Count);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Records_of_further_peers_are_refused_until_one_expires(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxSignedRecords = 1, WhenFull = FullPolicy.RefuseNew });
        var (first, second) = (Sample.NewKey(), Sample.NewKey());
        await store.Records.ConsumeAsync(Sample.Record(first, 1, Sample.Tcp), Sample.Minute, Token);

        var offered = Sample.Record(second, 1, Sample.Tcp);
        Assert.Equal(RecordOutcome.NoRoom, await store.Records.ConsumeAsync(offered, Sample.Minute, Token));
        Assert.Empty(await store.Addresses.GetAsync(offered.Peer, Token));
        Assert.Equal(
            RecordOutcome.Accepted,
            await store.Records.ConsumeAsync(Sample.Record(first, 2, Sample.Tcp), Sample.Minute, Token));
        store.Clock.Advance(Sample.Minute);
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(offered, Sample.Minute, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Too_many_or_too_long_protocols_change_nothing(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxProtocolsPerPeer = 2, MaxProtocolIdLength = 4 });
        var protocols = store.Peers.Protocols;
        Assert.Equal(ProtocolOutcome.Stored, await protocols.SetAsync(_peer, ["/a", "/a", "/b"], Token));

        Assert.Equal(ProtocolOutcome.TooMany, await protocols.AddAsync(_peer, ["/c"], Token));
        Assert.Equal(ProtocolOutcome.TooLong, await protocols.SetAsync(_peer, ["/long"], Token));
        Assert.Equal(ProtocolOutcome.Stored, await protocols.AddAsync(_peer, ["/b"], Token));
        Assert.Equal(["/a", "/b"], await protocols.GetAsync(_peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Too_large_or_too_many_metadata_values_change_nothing(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxMetadataBytes = 10, MaxMetadataKeysPerPeer = 1 });
        var metadata = store.Peers.Metadata;
        Assert.Equal(MetadataOutcome.Stored, await metadata.SetAsync(_peer, "k", new byte[9], Token));

        Assert.Equal(MetadataOutcome.TooLarge, await metadata.SetAsync(_peer, "k", new byte[10], Token));
        Assert.Equal(MetadataOutcome.TooMany, await metadata.SetAsync(_peer, "l", new byte[1], Token));
        Assert.Equal(MetadataOutcome.Stored, await metadata.SetAsync(_peer, "k", new byte[8], Token));
        Assert.Equal(8, (await metadata.GetAsync<byte[]>(_peer, "k", Token)).Length);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task All_metadata_of_a_peer_together_is_limited(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxMetadataBytesPerPeer = 10 });
        var metadata = store.Peers.Metadata;
        await metadata.SetAsync(_peer, "a", new byte[4], Token);

        Assert.Equal(MetadataOutcome.TooLarge, await metadata.SetAsync(_peer, "b", new byte[5], Token));
        Assert.Equal(MetadataOutcome.Stored, await metadata.SetAsync(_peer, "a", new byte[9], Token));
        Assert.Equal(MetadataOutcome.TooLarge, await metadata.SetAsync(Sample.NewPeer(), "a", new byte[10], Token));
    }
}
