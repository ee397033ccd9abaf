using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>What the store says of whole peers.</summary>
internal static class PeerChecks
{
    private const string AllPeers = "Peers returns all the peer IDs stored across all inner stores.";

    private const string Reading = "Reading changes nothing.";

    public static CheckList All { get; } = new()
    {
        { "PeerInfo returns a peer.PeerInfo struct for given peer.ID.", The_info_of_a_peer_is_its_id_and_its_live_addresses },
        { "Gets several peers with their live addresses, in the order asked.", Several_peers_are_answered_in_the_order_asked },
        { AllPeers, Peers_of_every_book_are_listed_once },
        { AllPeers, A_peer_of_which_nothing_is_left_is_not_listed },
        {
            "RemovePeer removes all the peer related information except its addresses.",
            Removing_a_peer_removes_everything_but_its_addresses
        },
        { "To remove the addresses use `AddrBook.ClearAddrs` or set the address ttls to 0.", Addresses_of_a_removed_peer_are_cleared_apart },
        { Reading, Reading_changes_nothing },
        { "Gets all that is known of a peer, as it is at one instant.", A_snapshot_shows_all_that_is_known_of_a_peer },
        {
            "One that is unknown has the version default and nothing else.",
            A_snapshot_of_an_unknown_peer_shows_nothing
        },
        { "Immutable; safe to share between threads. Private keys are not part of it.", A_snapshot_never_changes },
    };

    private static async Task The_info_of_a_peer_is_its_id_and_its_live_addresses(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp);
        await s.AddAsync(peer, Hour, Quic, Six);
        s.Clock.Advance(Minute);
        var info = await s.Store.GetInfoAsync(peer);
        Expect.Equal(peer, info.Peer);
        Expect.List(Texts(Quic, Six), Texts(info.Addresses));
        Expect.None((await s.Store.GetInfoAsync(default(PeerId))).Addresses);
    }

    private static async Task Several_peers_are_answered_in_the_order_asked(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peers = Peers(3);
        await s.AddAsync(peers[0], Hour, Tcp);
        await s.AddAsync(peers[2], Hour, Quic);
        var infos = await s.Store.GetInfoAsync([peers[2], peers[1], peers[0], peers[2]]);
        Expect.List([peers[2], peers[1], peers[0], peers[2]], infos.Select(static info => info.Peer));
        Expect.List([1, 0, 1, 1], infos.Select(static info => info.Addresses.Count));
    }

    private static async Task Peers_of_every_book_are_listed_once(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (keys, peers) = (new[] { Key(), Key() }, Peers(4));
        PeerId[] withKeys = [.. keys.Select(static key => PeerId.FromPublicKey(key.PublicKey))];
        await s.AddAsync(peers[0], Hour, Tcp);
        await s.Protocols.AddAsync(peers[0], ["/a"]);
        await s.Protocols.AddAsync(peers[1], ["/a"]);
        await s.Metadata.SetAsync(peers[2], "k", 1);
        await s.Metrics.RecordLatencyAsync(peers[3], TimeSpan.Zero);
        await s.Keys.AddPublicKeyAsync(withKeys[0], keys[0].PublicKey);
        await s.Keys.AddPrivateKeyAsync(withKeys[1], keys[1]);
        Expect.Set([.. peers, .. withKeys], await s.PeersAsync());
    }

    private static async Task A_peer_of_which_nothing_is_left_is_not_listed(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp);
        await s.Protocols.AddAsync(peer, ["/a"]);
        await s.Protocols.RemoveAsync(peer, ["/a"]);
        Expect.Set([peer], await s.PeersAsync());
        s.Clock.Advance(Minute);
        Expect.None(await s.PeersAsync());
    }

    private static async Task Removing_a_peer_removes_everything_but_its_addresses(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (await FullPeerAsync(s), await FullPeerAsync(s));
        await s.Store.RemovePeerAsync(peer);
        await s.Store.RemovePeerAsync(Peer());
        Expect.List(Texts(Tcp), await s.TextsAsync(peer));
        Expect.Equal(null, await s.Keys.GetPrivateKeyAsync(peer));
        Expect.None(await s.Protocols.GetAsync(peer));
        Expect.None(await s.Metadata.GetKeysAsync(peer));
        Expect.Equal(null, await s.Metrics.GetLatencyAsync(peer));
        Expect.Set([other], await StoreUnderTest.ToSetAsync(s.Keys.GetPeersAsync()));
        Expect.List(["/a"], await s.Protocols.GetAsync(other));
    }

    private static async Task Addresses_of_a_removed_peer_are_cleared_apart(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = await FullPeerAsync(s);
        await s.Store.RemovePeerAsync(peer);
        Expect.Set([peer], await s.PeersAsync());
        await s.Addresses.ClearAsync(peer);
        Expect.None(await s.PeersAsync());
    }

    private static async Task Reading_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Addresses.GetAsync(peer);
        await s.Addresses.GetDetailsAsync(peer);
        await s.Store.GetInfoAsync(peer);
        await s.Store.GetSnapshotAsync(peer);
        await s.Records.GetRecordAsync(peer);
        await s.Keys.GetPublicKeyAsync(peer);
        await s.Keys.GetPrivateKeyAsync(peer);
        await s.Protocols.GetAsync(peer);
        await s.Protocols.GetSupportedAsync(peer, ["/a"]);
        await s.Protocols.GetFirstSupportedAsync(peer, ["/a"]);
        await s.Metadata.TryGetAsync<string>(peer, "k");
        await s.Metadata.GetKeysAsync(peer);
        await s.Metrics.GetLatencyAsync(peer);
        Expect.None(await s.PeersAsync());
        Expect.None(await StoreUnderTest.ToSetAsync(s.Addresses.GetPeersAsync()));
        Expect.None(await StoreUnderTest.ToSetAsync(s.Keys.GetPeersAsync()));
        Expect.Equal(default, (await s.Store.GetSnapshotAsync(peer)).Version);
    }

    private static async Task A_snapshot_shows_all_that_is_known_of_a_peer(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key(KeyType.Rsa);
        var record = Record(key, 1, Quic);
        await s.Records.ConsumeAsync(record, Minute);
        await s.AddAsync(record.Peer, Hour, Tcp);
        await s.Keys.AddPublicKeyAsync(record.Peer, key.PublicKey);
        await s.Protocols.SetAsync(record.Peer, ["/b", "/a"]);
        await s.Metadata.SetAsync(record.Peer, "l", 1);
        await s.Metadata.SetAsync(record.Peer, "k", 2);
        await s.Metrics.RecordLatencyAsync(record.Peer, Minute);
        var snapshot = await s.Store.GetSnapshotAsync(record.Peer);
        Expect.Equal(record.Peer, snapshot.Peer);
        Expect.List(await s.Addresses.GetDetailsAsync(record.Peer), snapshot.Addresses);
        Expect.Bytes(record.Envelope.Bytes, snapshot.Record?.Bytes);
        Expect.Equal(key.PublicKey, snapshot.PublicKey);
        Expect.List(["/a", "/b"], snapshot.Protocols);
        Expect.List(["k", "l"], snapshot.MetadataKeys);
        Expect.Equal(Minute, snapshot.Latency);
        Expect.That(snapshot.Version != default, "a version", "that of an unknown peer");
    }

    private static async Task A_snapshot_of_an_unknown_peer_shows_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = PeerId.FromPublicKey(Key(KeyType.Rsa).PublicKey);
        var snapshot = await s.Store.GetSnapshotAsync(peer);
        Expect.Equal((peer, default), (snapshot.Peer, snapshot.Version));
        Expect.None(snapshot.Addresses);
        Expect.Equal((null, null), (snapshot.Record, snapshot.PublicKey));
        Expect.None(snapshot.Protocols);
        Expect.None(snapshot.MetadataKeys);
        Expect.Equal(null, snapshot.Latency);
        var key = Key();
        Expect.Equal(key.PublicKey, (await s.Store.GetSnapshotAsync(PeerId.FromPublicKey(key.PublicKey))).PublicKey);
    }

    private static async Task A_snapshot_never_changes(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = await FullPeerAsync(s);
        var before = await s.Store.GetSnapshotAsync(peer);
        await s.Store.RemovePeerAsync(peer);
        await s.Addresses.ClearAsync(peer);
        Expect.List([Tcp], before.Addresses.Select(static details => details.Address));
        Expect.List(["/a"], before.Protocols);
        Expect.List(["k"], before.MetadataKeys);
        Expect.Equal(default, (await s.Store.GetSnapshotAsync(peer)).Version);
    }

    private static async Task<PeerId> FullPeerAsync(StoreUnderTest s)
    {
        var key = Key();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await s.AddAsync(peer, Hour, Tcp);
        await s.Keys.AddPublicKeyAsync(peer, key.PublicKey);
        await s.Keys.AddPrivateKeyAsync(peer, key);
        await s.Protocols.SetAsync(peer, ["/a"]);
        await s.Metadata.SetAsync(peer, "k", 1);
        await s.Metrics.RecordLatencyAsync(peer, Minute);
        return peer;
    }
}
