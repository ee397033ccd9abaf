using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Edits that run into a limit: nothing of them is done.</summary>
internal static class EditLimitChecks
{
    private const string Nothing = "All but Applied mean that nothing changed.";

    public static CheckList All { get; } = new()
    {
        { Nothing, An_edit_with_too_many_protocols_changes_nothing },
        { Nothing, An_edit_with_a_protocol_that_is_too_long_changes_nothing },
        { Nothing, An_edit_with_metadata_that_is_too_large_changes_nothing },
        { Nothing, An_edit_with_too_many_metadata_values_changes_nothing },
        { Nothing, An_edit_for_which_there_is_no_room_changes_nothing },
        { "Addresses for which there was no room are missing, as with the book's own methods.", An_edit_leaves_out_addresses_without_room },
    };

    private static Task An_edit_with_too_many_protocols_changes_nothing(StoreBench bench) => RefusesAsync(
        bench, new() { MaxProtocolsPerPeer = 2 }, PeerEditOutcome.TooManyProtocols, static edit => edit.AddProtocols(["/b", "/c"]));

    private static Task An_edit_with_a_protocol_that_is_too_long_changes_nothing(StoreBench bench) => RefusesAsync(
        bench, new() { MaxProtocolIdLength = 4 }, PeerEditOutcome.ProtocolTooLong, static edit => edit.SetProtocols(["/long"]));

    private static Task An_edit_with_metadata_that_is_too_large_changes_nothing(StoreBench bench) => RefusesAsync(
        bench, new() { MaxMetadataBytes = 10 }, PeerEditOutcome.MetadataTooLarge, static edit => edit.SetMetadata("k", new byte[10]));

    private static Task An_edit_with_too_many_metadata_values_changes_nothing(StoreBench bench) => RefusesAsync(
        bench, new() { MaxMetadataKeysPerPeer = 1 }, PeerEditOutcome.TooManyMetadata, static edit => edit.SetMetadata("l", 1));

    private static async Task RefusesAsync(
        StoreBench bench, PeerstoreOptions options, PeerEditOutcome wanted, Action<IPeerEdit> tooMuch)
    {
        await using var s = await bench.OpenAsync(options);
        var peer = Peer();
        await s.Store.UpdatePeerAsync(
            peer, static edit => edit.AddAddresses([Tcp], Hour).SetProtocols(["/a"]).SetMetadata("k", 1).RecordLatency(Minute));
        var before = await s.Store.GetSnapshotAsync(peer);
        var outcome = await s.Store.UpdatePeerAsync(peer, edit =>
        {
            edit.ClearAddresses().AddAddresses([Quic], Hour).RecordLatency(Hour);
            tooMuch(edit);
            edit.RemoveLatency();
        });
        Expect.Equal(wanted, outcome);
        var after = await s.Store.GetSnapshotAsync(peer);
        Expect.List(before.Addresses, after.Addresses);
        Expect.List(before.Protocols, after.Protocols);
        Expect.List(before.MetadataKeys, after.MetadataKeys);
        Expect.Equal(before.Latency, after.Latency);
        Expect.Equal(1, await s.Metadata.GetAsync<int>(peer, "k"));
        Expect.Equal(before.Version, after.Version);
    }

    private static async Task An_edit_for_which_there_is_no_room_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new()
        {
            MaxPeers = 2,
            MaxSignedRecords = 1,
            WhenFull = FullPolicy.RefuseNew,
        });
        var (key, peer) = (Key(), Peer());
        await s.Records.ConsumeAsync(Record(Key(), 1, Tcp), Hour);
        var record = Record(key, 1, Tcp);
        Expect.Equal(
            PeerEditOutcome.NoRoom,
            await s.Store.UpdatePeerAsync(record.Peer, edit => edit.AddProtocols(["/a"]).Consume(record, Hour)));
        Expect.None(await s.Protocols.GetAsync(record.Peer));
        await s.AddAsync(peer, Hour, Tcp);
        Expect.Equal(
            PeerEditOutcome.NoRoom,
            await s.Store.UpdatePeerAsync(record.Peer, static edit => edit.AddProtocols(["/a"]).RecordLatency(Hour)));
        Expect.None(await s.Protocols.GetAsync(record.Peer));
        Expect.Equal(PeerEditOutcome.Applied, await s.Store.UpdatePeerAsync(peer, static edit => edit.AddProtocols(["/a"])));
    }

    private static async Task An_edit_leaves_out_addresses_without_room(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddresses = 1, WhenFull = FullPolicy.RefuseNew });
        var peer = Peer();
        var outcome = await s.Store.UpdatePeerAsync(peer, static edit => edit.AddAddresses([Tcp, Quic], Hour).AddProtocols(["/a"]));
        Expect.Equal(PeerEditOutcome.Applied, outcome);
        Expect.List([Tcp], await s.Addresses.GetAsync(peer));
        Expect.List(["/a"], await s.Protocols.GetAsync(peer));
    }
}
