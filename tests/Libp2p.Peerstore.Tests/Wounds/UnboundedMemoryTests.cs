namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 6 of the field: stores that grow until the process ends, unless somebody calls <c>RemovePeer</c>.</summary>
public class UnboundedMemoryTests
{
    private static readonly PeerstoreOptions Small = new()
    {
        MaxPeers = 50,
        MaxAddresses = 60,
        MaxSignedRecords = 10,
        SweepInterval = TimeSpan.Zero,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.Memory, FullPolicy.EvictLeastValuable)]
    [InlineData(StoreKind.Memory, FullPolicy.RefuseNew)]
    [InlineData(StoreKind.Sqlite, FullPolicy.EvictLeastValuable)]
    [InlineData(StoreKind.Sqlite, FullPolicy.RefuseNew)]
    public async Task Peers_that_nobody_removes_do_not_fill_any_book_beyond_its_limit(StoreKind kind, FullPolicy policy)
    {
        await using var store = await TestStore.OpenAsync(kind, Small with { WhenFull = policy });
        for (var i = 0; i < 300; i++)
        {
            await StoreInEveryBookAsync(store, Sample.NewKey());
        }

        await store.ReopenAsync();
        var peers = await store.Peers.GetPeersAsync(Token).ToSetAsync();
        Assert.InRange(peers.Count, 1, Small.MaxPeers);
        var (addresses, records) = (0, 0);
        foreach (var peer in peers)
        {
            var known = await store.Peers.GetSnapshotAsync(peer, Token);
            addresses += known.Addresses.Count;
            records += known.Record is null ? 0 : 1;
        }

        Assert.InRange(addresses, 1, Small.MaxAddresses);
        Assert.InRange(records, 1, Small.MaxSignedRecords);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task One_peer_cannot_fill_the_store_with_metadata(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(
            kind, new() { MaxMetadataBytes = 100, MaxMetadataBytesPerPeer = 250, MaxMetadataKeysPerPeer = 10 });
        var (peer, stored) = (Sample.NewPeer(), 0);
        for (var i = 0; i < 100; i++)
        {
            var outcome = await store.Peers.Metadata.SetAsync(peer, $"key {i}", new byte[90], Token);
            stored += outcome == MetadataOutcome.Stored ? 1 : 0;
        }

        Assert.Equal(2, stored);
        Assert.Equal(2, (await store.Peers.Metadata.GetKeysAsync(peer, Token)).Count);
    }

    [Fact]
    public async Task A_key_that_the_peer_id_holds_is_not_stored_a_second_time()
    {
        using var engine = new PeerstoreEngine(new(), TimeProvider.System);
        await using var store = new MemoryPeerstore(engine);
        var key = Sample.NewKey();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await store.Keys.AddPublicKeyAsync(peer, key.PublicKey, Token);

        Assert.Equal(key.PublicKey, await store.Keys.GetPublicKeyAsync(peer, Token));
        Assert.Equal(0, engine.Read(peer, state: true, static (in view, _, _) => view[EntrySection.PublicKey].Length, Token));
    }

    private static async Task StoreInEveryBookAsync(TestStore store, PrivateKey key)
    {
        var record = Sample.Record(key, 1, Sample.Tcp);
        await store.Records.ConsumeAsync(record, Sample.Hour, Token);
        await store.Addresses.AddAsync(record.Peer, [Sample.Quic, Sample.Six], Sample.Hour, Token);
        await store.Peers.Keys.AddPublicKeyAsync(record.Peer, key.PublicKey, Token);
        await store.Peers.Protocols.SetAsync(record.Peer, ["/ipfs/ping/1.0.0", "/ipfs/id/1.0.0"], Token);
        await store.Peers.Metadata.SetAsync(record.Peer, MetadataKeys.AgentVersion, "kubo/0.30.0/", Token);
        await store.Peers.Metrics.RecordLatencyAsync(record.Peer, TimeSpan.FromMilliseconds(10), Token);
    }
}
