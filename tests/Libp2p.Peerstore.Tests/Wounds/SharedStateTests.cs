namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 5 of the field: what went wrong in dotnet-libp2p's store.</summary>
public class SharedStateTests
{
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_peer_whose_records_all_have_the_same_sequence_number_is_still_updated(StoreKind kind)
    {
        // There the number is always 0, and from the second identify on nothing is taken.
        await using var store = await TestStore.OpenAsync(kind);
        await store.Records.ConsumeAsync(Sample.Record(_key, 0, Sample.Tcp), Sample.Hour, Token);
        var second = Sample.Record(_key, 0, Sample.Quic);

        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(second.Envelope.Bytes, Sample.Hour, Token));
        Assert.Contains(Sample.Quic, await store.Addresses.GetAsync(Peer, Token));
        Assert.Equal(second.Envelope.Bytes.ToArray(), (await store.Records.GetRecordAsync(Peer, Token))!.Bytes.ToArray());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_addresses_of_a_record_are_its_peers_with_the_suffix_and_without(StoreKind kind)
    {
        // There a record without suffixes, as all of js-libp2p's are, stores nothing.
        await using var store = await TestStore.OpenAsync(kind);
        var record = Sample.Record(_key, 1, Sample.Tcp, Sample.Quic.WithPeer(Peer));
        await store.Records.ConsumeAsync(record.Envelope.Bytes, Sample.Hour, Token);

        Assert.Equal([Sample.Tcp.ToString(), Sample.Quic.ToString()], await store.TextsAsync(Peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Reading_changes_nothing(StoreKind kind)
    {
        // There asking for an unknown peer creates it.
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.GetAsync(Peer, Token);
        await store.Addresses.GetDetailsAsync(Peer, Token);
        await store.Peers.GetInfoAsync(Peer, Token);
        await store.Peers.GetSnapshotAsync(Peer, Token);
        await store.Records.GetRecordAsync(Peer, Token);
        Assert.NotNull(await store.Peers.Keys.GetPublicKeyAsync(Peer, Token));
        await store.Peers.Protocols.GetAsync(Peer, Token);
        await store.Peers.Metadata.TryGetAsync<string>(Peer, "x", Token);
        await store.Peers.Metrics.GetLatencyAsync(Peer, Token);

        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
        Assert.Empty(await store.Peers.Keys.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_was_handed_out_does_not_change_when_the_store_does(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await StoreAsync(store, Sample.Tcp, "/a", [1]);
        var info = await store.Peers.GetInfoAsync(Peer, Token);
        var snapshot = await store.Peers.GetSnapshotAsync(Peer, Token);
        var protocols = await store.Peers.Protocols.GetAsync(Peer, Token);
        var value = await store.Peers.Metadata.GetAsync<byte[]>(Peer, "k", Token);
        await StoreAsync(store, Sample.Quic, "/b", [2]);

        Assert.Equal([Sample.Tcp], info.Addresses);
        Assert.Equal([Sample.Tcp], snapshot.Addresses.Select(static known => known.Address));
        Assert.Equal(["/a"], snapshot.Protocols);
        Assert.Equal(["/a"], protocols);
        Assert.Equal([1], value);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_was_handed_in_or_out_can_be_changed_without_changing_the_store(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        Multiaddr[] addresses = [Sample.Tcp];
        string[] protocols = ["/a"];
        byte[] value = [1];
        await store.Addresses.AddAsync(Peer, addresses, Sample.Hour, Token);
        await store.Peers.Protocols.SetAsync(Peer, protocols, Token);
        await store.Peers.Metadata.SetAsync(Peer, "k", value, Token);
        (addresses[0], protocols[0], value[0]) = (Sample.Quic, "/b", 2);
        (await store.Peers.Metadata.GetAsync<byte[]>(Peer, "k", Token))[0] = 3;

        Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(Peer, Token));
        Assert.Equal(["/a"], await store.Peers.Protocols.GetAsync(Peer, Token));
        Assert.Equal([1], await store.Peers.Metadata.GetAsync<byte[]>(Peer, "k", Token));
    }

    private async Task StoreAsync(TestStore store, Multiaddr address, string protocol, byte[] value)
    {
        await store.Addresses.AddAsync(Peer, [address], Sample.Hour, Token);
        await store.Peers.Protocols.AddAsync(Peer, [protocol], Token);
        await store.Peers.Metadata.SetAsync(Peer, "k", value, Token);
    }
}
