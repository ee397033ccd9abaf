namespace Libp2p.Peerstore.Tests;

public class PeerEditTests
{
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_edit_changes_all_books_and_a_snapshot_shows_them(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var record = Sample.Record(_key, 7, Sample.Tcp);
        Assert.Equal(default, (await store.Peers.GetSnapshotAsync(Peer, Token)).Version);
        var outcome = await store.Peers.UpdatePeerAsync(
            Peer,
            edit => edit
                .Consume(record, Sample.Hour)
                .AddAddresses([Sample.Quic], Sample.Minute)
                .AddPublicKey(_key.PublicKey)
                .SetProtocols(["/b", "/a"])
                .SetMetadata(MetadataKeys.AgentVersion, "x")
                .RecordLatency(Sample.Minute),
            Token);
        Assert.Equal(PeerEditOutcome.Applied, outcome);
        await store.ReopenAsync();

        var snapshot = await store.Peers.GetSnapshotAsync(Peer, Token);
        Assert.NotEqual(default, snapshot.Version);
        Assert.Equal([Sample.Tcp, Sample.Quic], snapshot.Addresses.Select(static address => address.Address));
        Assert.Equal(record.Envelope.Bytes.ToArray(), snapshot.Record!.Bytes.ToArray());
        Assert.Equal(_key.PublicKey, snapshot.PublicKey);
        Assert.Equal(["/a", "/b"], snapshot.Protocols);
        Assert.Equal([MetadataKeys.AgentVersion], snapshot.MetadataKeys);
        Assert.Equal(Sample.Minute, snapshot.Latency);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_edit_that_a_limit_forbids_changes_nothing(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new()
        {
            MaxProtocolsPerPeer = 1,
            MaxProtocolIdLength = 4,
            MaxMetadataBytes = 8,
            MaxMetadataKeysPerPeer = 1,
        });
        await store.Records.ConsumeAsync(Sample.Record(_key, 7, Sample.Tcp), Sample.Hour, Token);
        await store.Peers.Metadata.SetAsync(Peer, "k", 1, Token);
        var before = await store.Peers.GetSnapshotAsync(Peer, Token);
        (PeerEditOutcome Outcome, Action<IPeerEdit> Edit)[] edits =
        [
            (PeerEditOutcome.TooManyProtocols, static edit => edit.AddProtocols(["/a"]).AddProtocols(["/b"])),
            (PeerEditOutcome.ProtocolTooLong, static edit => edit.SetProtocols(["/long"])),
            (PeerEditOutcome.MetadataTooLarge, static edit => edit.SetMetadata("k", "too long")),
            (PeerEditOutcome.TooManyMetadata, static edit => edit.SetMetadata("l", 1)),
            (PeerEditOutcome.StaleRecord, edit => edit.Consume(Sample.Record(_key, 6, Sample.Quic), Sample.Hour)),
        ];
        foreach (var (expected, forbidden) in edits)
        {
            var outcome = await store.Peers.UpdatePeerAsync(
                Peer,
                edit => forbidden(edit.AddAddresses([Sample.Six], Sample.Hour).SetMetadata("k", 2).RecordLatency(Sample.Hour)),
                Token);
            Assert.Equal(expected, outcome);
            Assert.Equivalent(before, await store.Peers.GetSnapshotAsync(Peer, Token));
            Assert.Equal(1, await store.Peers.Metadata.GetAsync<int>(Peer, "k", Token));
        }
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Compare_and_set_loses_to_any_change_since(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        static void Edit(IPeerEdit edit) => edit.AddProtocols(["/a"]);
        Assert.Equal(PeerEditOutcome.Applied, await store.Peers.UpdatePeerAsync(Peer, default, Edit, Token));
        Assert.Equal(PeerEditOutcome.VersionChanged, await store.Peers.UpdatePeerAsync(Peer, default, Edit, Token));

        var version = (await store.Peers.GetSnapshotAsync(Peer, Token)).Version;
        await store.Peers.Metrics.RecordLatencyAsync(Peer, Sample.Minute, Token);
        Assert.Equal(PeerEditOutcome.VersionChanged, await store.Peers.UpdatePeerAsync(Peer, version, Edit, Token));
        version = (await store.Peers.GetSnapshotAsync(Peer, Token)).Version;
        await store.Peers.RemovePeerAsync(Peer, Token);
        Assert.Equal(PeerEditOutcome.VersionChanged, await store.Peers.UpdatePeerAsync(Peer, version, Edit, Token));
        await store.Addresses.AddAsync(Peer, [Sample.Tcp], Sample.Hour, Token);
        version = (await store.Peers.GetSnapshotAsync(Peer, Token)).Version;
        Assert.Equal(
            PeerEditOutcome.Applied,
            await store.Peers.UpdatePeerAsync(Peer, version, static edit => edit.ClearAddresses().SetProtocols(["/b"]), Token));
        Assert.Empty(await store.Addresses.GetAsync(Peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_edit_that_fails_or_names_another_peer_changes_nothing(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var other = Sample.NewKey();
        Action<IPeerEdit>[] edits =
        [
            static _ => throw new InvalidTimeZoneException(),
            edit => edit.AddPublicKey(other.PublicKey),
            edit => edit.AddPrivateKey(other),
            edit => edit.Consume(Sample.Record(other, 1, Sample.Tcp), Sample.Hour),
        ];
        foreach (var faulty in edits)
        {
            await Assert.ThrowsAnyAsync<Exception>(
                () => store.Peers.UpdatePeerAsync(Peer, edit => faulty(edit.SetProtocols(["/a"])), Token).AsTask());
        }

        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Batches_serve_many_peers_in_one_call(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var other = Sample.NewPeer();
        var changes = await store.Addresses.AddAsync(
            [new(Peer, [Sample.Tcp, Sample.Quic]), new(other, [Sample.Six, Sample.Tcp.WithPeer(Peer)])], Sample.Hour, Token);

        Assert.Equal(new AddressChanges { Added = 3, OfOtherPeer = 1 }, changes);
        var infos = await store.Peers.GetInfoAsync([other, Sample.NewPeer(), Peer], Token);
        Assert.Equal([1, 0, 2], infos.Select(static info => info.Addresses.Count));
        Assert.Equal(other, infos[0].Peer);
    }
}
