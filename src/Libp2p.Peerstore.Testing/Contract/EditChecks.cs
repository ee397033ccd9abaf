using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Changing several books of a peer in one step.</summary>
internal static class EditChecks
{
    private const string OneStep = "Changes several books of a peer in one step: a snapshot shows all of it or nothing.";

    private const string CompareAndSet = "Does the same if the peer is still as it was at a version: compare and set.";

    public static CheckList All { get; } = new()
    {
        { OneStep, An_edit_changes_every_book },
        { OneStep, An_edit_removes_from_every_book },
        { "The changes are made in the order in which they are listed", The_changes_of_an_edit_are_made_in_order },
        { "It is called once, before anything is locked.", An_edit_may_ask_the_store_and_one_that_fails_changes_nothing },
        { "or a key or record is another peer's.", A_key_or_record_of_another_peer_in_an_edit_is_an_error },
        { CompareAndSet, An_edit_of_the_expected_version_is_applied },
        { CompareAndSet, An_edit_of_another_version_changes_nothing },
        { "default for a peer that must be unknown.", An_edit_may_insist_on_an_unknown_peer },
        { "That an address ends on its own is no change.", The_end_of_an_address_is_no_change_of_version },
        { "A signed record in it has a lower sequence number than the stored one.", An_edit_with_a_stale_record_changes_nothing },
    };

    private static async Task An_edit_changes_every_book(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key(KeyType.Rsa);
        var record = Record(key, 1, Quic);
        var outcome = await s.Store.UpdatePeerAsync(record.Peer, edit => edit
            .AddAddresses([Tcp], Hour)
            .AnnounceAddresses([Six], Hour)
            .Consume(record, Hour)
            .AddPublicKey(key.PublicKey)
            .AddPrivateKey(key)
            .AddProtocols(["/b", "/a"])
            .SetMetadata("k", 7)
            .RecordLatency(Minute));
        Expect.Equal(PeerEditOutcome.Applied, outcome);
        Expect.List(Texts(Tcp, Quic, Six), await s.TextsAsync(record.Peer));
        Expect.Bytes(record.Envelope.Bytes, (await s.Records.GetRecordAsync(record.Peer))?.Bytes);
        Expect.Equal(key.PublicKey, await s.Keys.GetPublicKeyAsync(record.Peer));
        Expect.Bytes(key.Encode(), (await Expect.FoundAsync(s.Keys.GetPrivateKeyAsync(record.Peer))).Encode());
        Expect.List(["/a", "/b"], await s.Protocols.GetAsync(record.Peer));
        Expect.Equal(7, await s.Metadata.GetAsync<int>(record.Peer, "k"));
        Expect.Equal(Minute, await s.Metrics.GetLatencyAsync(record.Peer));
    }

    private static async Task An_edit_removes_from_every_book(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await s.Store.UpdatePeerAsync(peer, edit => edit
            .AddAddresses([Tcp, Quic], Hour).AddAddresses([Six], Minute)
            .AddPublicKey(key.PublicKey).SetProtocols(["/a", "/b"])
            .SetMetadata("k", 7).SetMetadata("l", 8).RecordLatency(Minute));
        await s.Store.UpdatePeerAsync(peer, static edit => edit
            .SetAddresses([Tcp], TimeSpan.Zero).UpdateAddresses(Minute, TimeSpan.Zero)
            .RemoveKeys().RemoveProtocols(["/a"]).RemoveMetadata("k").RemoveLatency());
        Expect.List(Texts(Quic), await s.TextsAsync(peer));
        Expect.None(await StoreUnderTest.ToSetAsync(s.Keys.GetPeersAsync()));
        Expect.List(["/b"], await s.Protocols.GetAsync(peer));
        Expect.List(["l"], await s.Metadata.GetKeysAsync(peer));
        Expect.Equal(null, await s.Metrics.GetLatencyAsync(peer));
        await s.Store.UpdatePeerAsync(peer, static edit => edit.ClearAddresses().SetProtocols([]).RemoveAllMetadata());
        Expect.None(await s.PeersAsync());
    }

    private static async Task The_changes_of_an_edit_are_made_in_order(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Hour, Tcp);
        await s.Store.UpdatePeerAsync(peer, static edit => edit
            .ClearAddresses().AddAddresses([Quic], Hour).UpdateAddresses(Hour, Minute)
            .SetMetadata("k", 1).SetMetadata("k", 2)
            .SetProtocols(["/a"]).AddProtocols(["/b"]).RemoveProtocols(["/a"]));
        Expect.List([(Quic, Minute)], (await s.Addresses.GetDetailsAsync(peer)).Select(static d => (d.Address, d.Ttl)));
        Expect.Equal(2, await s.Metadata.GetAsync<int>(peer, "k"));
        Expect.List(["/b"], await s.Protocols.GetAsync(peer));
    }

    private static async Task An_edit_may_ask_the_store_and_one_that_fails_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, called) = (Peer(), 0);
        var listed = await Expect.SoonAsync(Task.Run(async () => await s.Store.UpdatePeerAsync(peer, edit =>
        {
            called++;
            var known = s.Addresses.GetAsync(peer).AsTask().GetAwaiter().GetResult();
            edit.SetMetadata("k", known.Count);
        })));
        Expect.Equal((PeerEditOutcome.Applied, 1), (listed, called));
        await Expect.ThrowsAsync<FormatException>(async () => await s.Store.UpdatePeerAsync(peer, static edit =>
        {
            edit.SetProtocols(["/a"]);
            throw new FormatException();
        }));
        Expect.None(await s.Protocols.GetAsync(peer));
        Expect.Equal(PeerEditOutcome.Applied, await s.Store.UpdatePeerAsync(peer, static _ => { }));
    }

    private static async Task A_key_or_record_of_another_peer_in_an_edit_is_an_error(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Key());
        await FailsAsync(edit => edit.AddProtocols(["/a"]).AddPublicKey(other.PublicKey));
        await FailsAsync(edit => edit.AddProtocols(["/a"]).AddPrivateKey(other));
        await FailsAsync(edit => edit.AddProtocols(["/a"]).Consume(Record(other, 1, Tcp), Hour));
        await FailsAsync(edit => edit.AddProtocols(["/a"]).AddProtocols(["/\ud800"]));
        await Expect.ThrowsAsync<ArgumentException>(
            async () => await s.Store.UpdatePeerAsync(default, static edit => edit.AddProtocols(["/a"])));
        Expect.None(await s.PeersAsync());

        Task FailsAsync(Action<IPeerEdit> edit) =>
            Expect.ThrowsAsync<ArgumentException>(async () => await s.Store.UpdatePeerAsync(peer, edit));
    }

    private static async Task An_edit_of_the_expected_version_is_applied(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Hour, Tcp);
        var first = await s.Store.GetSnapshotAsync(peer);
        Expect.Equal(PeerEditOutcome.Applied, await s.Store.UpdatePeerAsync(peer, first.Version, static edit => edit.AddProtocols(["/a"])));
        var second = await s.Store.GetSnapshotAsync(peer);
        Expect.That(second.Version != first.Version, "another version after a change", "the same");
        Expect.Equal(PeerEditOutcome.Applied, await s.Store.UpdatePeerAsync(peer, second.Version, static edit => edit.AddProtocols(["/b"])));
        Expect.List(["/a", "/b"], await s.Protocols.GetAsync(peer));
    }

    private static async Task An_edit_of_another_version_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        Func<PeerId, Task>[] changes =
        [
            async peer => await s.AddAsync(peer, Hour, Quic),
            async peer => await s.Addresses.SetAsync(peer, [Tcp], Minute),
            async peer => await s.Protocols.AddAsync(peer, ["/a"]),
            async peer => await s.Metadata.SetAsync(peer, "k", 1),
            async peer => await s.Metrics.RecordLatencyAsync(peer, Minute),
            async peer => await s.Store.UpdatePeerAsync(peer, static edit => edit.SetMetadata("k", 1)),
        ];
        foreach (var change in changes)
        {
            var peer = Peer();
            await s.AddAsync(peer, Hour, Tcp);
            var before = await s.Store.GetSnapshotAsync(peer);
            await change(peer);
            var after = await s.Store.GetSnapshotAsync(peer);
            var outcome = await s.Store.UpdatePeerAsync(peer, before.Version, static edit => edit.ClearAddresses().AddProtocols(["/x"]));
            Expect.Equal(PeerEditOutcome.VersionChanged, outcome);
            Expect.List(after.Addresses, await s.Addresses.GetDetailsAsync(peer));
            Expect.List(after.Protocols, await s.Protocols.GetAsync(peer));
            Expect.Equal(after.Version, (await s.Store.GetSnapshotAsync(peer)).Version);
        }
    }

    private static async Task An_edit_may_insist_on_an_unknown_peer(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        Expect.Equal(PeerEditOutcome.Applied, await s.Store.UpdatePeerAsync(peer, default, static edit => edit.AddProtocols(["/a"])));
        Expect.Equal(PeerEditOutcome.VersionChanged, await s.Store.UpdatePeerAsync(peer, default, static edit => edit.AddProtocols(["/b"])));
        Expect.List(["/a"], await s.Protocols.GetAsync(peer));
        var known = (await s.Store.GetSnapshotAsync(peer)).Version;
        await s.Store.RemovePeerAsync(peer);
        Expect.Equal(PeerEditOutcome.VersionChanged, await s.Store.UpdatePeerAsync(peer, known, static edit => edit.AddProtocols(["/b"])));
        await s.Protocols.AddAsync(peer, ["/c"]);
        Expect.Equal(PeerEditOutcome.VersionChanged, await s.Store.UpdatePeerAsync(peer, known, static edit => edit.AddProtocols(["/b"])));
    }

    private static async Task The_end_of_an_address_is_no_change_of_version(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp);
        await s.AddAsync(peer, Hour, Quic);
        var version = (await s.Store.GetSnapshotAsync(peer)).Version;
        s.Clock.Advance(2 * Minute);
        Expect.Equal(version, (await s.Store.GetSnapshotAsync(peer)).Version);
        Expect.Equal(PeerEditOutcome.Applied, await s.Store.UpdatePeerAsync(peer, version, static edit => edit.AddProtocols(["/a"])));
    }

    private static async Task An_edit_with_a_stale_record_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var record = Record(key, 2, Tcp);
        await s.Records.ConsumeAsync(record, Hour);
        var stale = Record(key, 1, Quic);
        var outcome = await s.Store.UpdatePeerAsync(record.Peer, edit =>
            edit.AddProtocols(["/a"]).AddAddresses([Six], Hour).SetAddresses([Tcp], TimeSpan.Zero).Consume(stale, Hour).SetMetadata("k", 1));
        Expect.Equal(PeerEditOutcome.StaleRecord, outcome);
        Expect.None(await s.Protocols.GetAsync(record.Peer));
        Expect.None(await s.Metadata.GetKeysAsync(record.Peer));
        Expect.List(Texts(Tcp), await s.TextsAsync(record.Peer));
        Expect.Bytes(record.Envelope.Bytes, (await s.Records.GetRecordAsync(record.Peer))?.Bytes);
    }
}
