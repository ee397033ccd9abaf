using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Limits of one peer, and those of the whole store where it refuses what is new.</summary>
internal static class LimitChecks
{
    private const string PerPeer = "Addresses with an end of one peer; over it the one that ends first makes room.";

    private const string Refusing =
        "The new is refused, as go-libp2p does: whoever fills the store once decides what is in it.";

    private const string Protocols = "Adds protocols to those of a peer; over a limit, nothing changes.";

    private const string Metadata =
        "Key and value together exceed MaxMetadataBytes, or all of the peer's MaxMetadataBytesPerPeer.";

    public static CheckList All { get; } = new()
    {
        { PerPeer, A_peer_at_its_limit_gives_up_the_address_that_ends_first },
        { "Zero or less: no limit.", A_limit_of_zero_addresses_of_a_peer_is_none },
        { "Permanent and connected addresses of one peer; over it new ones are refused.", Endless_addresses_of_a_peer_are_limited },
        { Refusing, A_full_store_that_refuses_renews_what_it_knows },
        { Refusing, A_full_store_that_refuses_takes_no_record_of_another_peer },
        { Refusing, A_full_store_that_refuses_takes_no_other_peer },
        { Protocols, Too_many_protocols_change_nothing },
        { Protocols, A_protocol_that_is_too_long_changes_nothing },
        { Metadata, Too_large_metadata_changes_nothing },
        { Metadata, Too_much_metadata_of_a_peer_changes_nothing },
        { "The peer has MaxMetadataKeysPerPeer values already.", Too_many_metadata_values_change_nothing },
        { "What is accepted of signed records.", A_record_over_a_decode_limit_is_refused },
    };

    private static async Task A_peer_at_its_limit_gives_up_the_address_that_ends_first(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddressesPerPeer = 2 });
        var (peer, other) = (Peer(), Peer());
        await s.AddAsync(peer, AddressTtl.Permanent, Address(1));
        await s.AddAsync(peer, Hour, Address(2));
        await s.AddAsync(peer, Minute, Address(3));
        await s.AddAsync(other, Minute / 2, Address(3));
        Expect.Equal(new AddressChanges { Added = 1, Evicted = 1 }, await s.AddAsync(peer, Minute, Address(4)));
        Expect.List(Texts(Address(1), Address(2), Address(4)), await s.TextsAsync(peer));
        Expect.Equal(1, (await s.AddAsync(peer, Hour, Address(2), Address(4))).Renewed);
        Expect.List(Texts(Address(3)), await s.TextsAsync(other));
    }

    private static async Task A_limit_of_zero_addresses_of_a_peer_is_none(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddressesPerPeer = 0 });
        Expect.Equal(100, (await s.Addresses.AddAsync(Peer(), Addresses(100), Hour)).Added);
    }

    private static async Task Endless_addresses_of_a_peer_are_limited(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxEndlessAddressesPerPeer = 1 });
        var peer = Peer();
        await s.AddAsync(peer, AddressTtl.Permanent, Tcp);
        await s.AddAsync(peer, Hour, Quic);
        var refused = new AddressChanges { NoRoom = 1 };
        Expect.Equal(refused, await s.AddAsync(peer, AddressTtl.Connected, Six));
        Expect.Equal(refused, await s.AddAsync(peer, AddressTtl.Connected, Quic));
        Expect.Equal(refused, await s.Addresses.SetAsync(peer, [Quic], AddressTtl.Connected));
        Expect.Equal(refused, await s.Addresses.UpdateAsync(peer, Hour, AddressTtl.Connected));
        Expect.List([(Tcp, AddressTtl.Permanent), (Quic, Hour)], (await s.Addresses.GetDetailsAsync(peer)).Select(static d => (d.Address, d.Ttl)));
    }

    private static async Task A_full_store_that_refuses_renews_what_it_knows(StoreBench bench)
    {
        // go drops both: a full store forgets even what it sees again and again.
        await using var s = await bench.OpenAsync(new() { MaxAddresses = 2, WhenFull = FullPolicy.RefuseNew });
        var (peer, other) = (Peer(), Peer());
        await s.AddAsync(peer, Minute, Tcp, Quic);
        Expect.Equal(new AddressChanges { Renewed = 1, NoRoom = 1 }, await s.AddAsync(peer, Hour, Tcp, Six));
        Expect.Equal(new AddressChanges { NoRoom = 1 }, await s.AddAsync(other, Hour, Tcp));
        Expect.Equal(new AddressChanges { Added = 1 }, await s.AddAsync(other, AddressTtl.Permanent, Tcp));
        s.Clock.Advance(Minute);
        Expect.Equal(new AddressChanges { Added = 1, NoRoom = 1 }, await s.AddAsync(other, Hour, Quic, Six));
    }

    private static async Task A_full_store_that_refuses_takes_no_record_of_another_peer(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxSignedRecords = 1, WhenFull = FullPolicy.RefuseNew });
        var (first, second) = (Key(), Record(Key(), 1, Tcp));
        await s.Records.ConsumeAsync(Record(first, 1, Tcp), Minute);
        Expect.Equal(RecordOutcome.NoRoom, await s.Records.ConsumeAsync(second, Minute));
        Expect.None(await s.Addresses.GetAsync(second.Peer));
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(first, 2, Tcp), Minute));
        s.Clock.Advance(Minute);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(second, Minute));
    }

    private static async Task A_full_store_that_refuses_takes_no_other_peer(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxPeers = 1, WhenFull = FullPolicy.RefuseNew });
        var (key, known) = (Key(), Peer());
        var record = Record(key, 1, Tcp);
        await s.Protocols.SetAsync(known, ["/a"]);
        Expect.Equal(new AddressChanges { NoRoom = 1 }, await s.AddAsync(record.Peer, Hour, Tcp));
        Expect.Equal(RecordOutcome.NoRoom, await s.Records.ConsumeAsync(record, Hour));
        Expect.Equal(BookOutcome.NoRoom, await s.Keys.AddPublicKeyAsync(record.Peer, key.PublicKey));
        Expect.Equal(BookOutcome.NoRoom, await s.Keys.AddPrivateKeyAsync(record.Peer, key));
        Expect.Equal(ProtocolOutcome.NoRoom, await s.Protocols.AddAsync(record.Peer, ["/a"]));
        Expect.Equal(MetadataOutcome.NoRoom, await s.Metadata.SetAsync(record.Peer, "k", 1));
        Expect.Equal(BookOutcome.NoRoom, await s.Metrics.RecordLatencyAsync(record.Peer, Hour));
        Expect.Set([known], await s.PeersAsync());
        Expect.Equal(new AddressChanges { Added = 1 }, await s.AddAsync(known, Hour, Tcp));
        await s.Store.RemovePeerAsync(known);
        s.Clock.Advance(Hour);
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.AddAsync(record.Peer, ["/a"]));
    }

    private static async Task Too_many_protocols_change_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxProtocolsPerPeer = 2 });
        var peer = Peer();
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.SetAsync(peer, ["/a", "/a", "/b"]));
        Expect.Equal(ProtocolOutcome.TooMany, await s.Protocols.AddAsync(peer, ["/c"]));
        Expect.Equal(ProtocolOutcome.TooMany, await s.Protocols.SetAsync(peer, ["/c", "/d", "/e"]));
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.AddAsync(peer, ["/b"]));
        Expect.List(["/a", "/b"], await s.Protocols.GetAsync(peer));
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.SetAsync(Peer(), ["/c", "/d"]));
    }

    private static async Task A_protocol_that_is_too_long_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxProtocolIdLength = 4 });
        var peer = Peer();
        Expect.Equal(ProtocolOutcome.TooLong, await s.Protocols.SetAsync(peer, ["/a", "/long"]));
        Expect.Equal(ProtocolOutcome.TooLong, await s.Protocols.AddAsync(peer, ["/long"]));
        Expect.None(await s.PeersAsync());
        Expect.Equal(ProtocolOutcome.Stored, await s.Protocols.AddAsync(peer, ["/abc"]));
    }

    private static async Task Too_large_metadata_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxMetadataBytes = 10 });
        var peer = Peer();
        Expect.Equal(MetadataOutcome.Stored, await s.Metadata.SetAsync(peer, "k", new byte[9]));
        Expect.Equal(MetadataOutcome.TooLarge, await s.Metadata.SetAsync(peer, "k", new byte[10]));
        Expect.Equal(MetadataOutcome.TooLarge, await s.Metadata.SetAsync(peer, "long key", new byte[3]));
        Expect.Bytes(new byte[9], await s.Metadata.GetAsync<byte[]>(peer, "k"));
    }

    private static async Task Too_much_metadata_of_a_peer_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxMetadataBytesPerPeer = 10 });
        var peer = Peer();
        await s.Metadata.SetAsync(peer, "k", new byte[4]);
        Expect.Equal(MetadataOutcome.TooLarge, await s.Metadata.SetAsync(peer, "l", new byte[5]));
        Expect.Equal(MetadataOutcome.Stored, await s.Metadata.SetAsync(peer, "k", new byte[9]));
        Expect.List(["k"], await s.Metadata.GetKeysAsync(peer));
        Expect.Equal(MetadataOutcome.Stored, await s.Metadata.SetAsync(Peer(), "k", new byte[9]));
    }

    private static async Task Too_many_metadata_values_change_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxMetadataKeysPerPeer = 1 });
        var peer = Peer();
        await s.Metadata.SetAsync(peer, "k", 1);
        Expect.Equal(MetadataOutcome.TooMany, await s.Metadata.SetAsync(peer, "l", 1));
        Expect.Equal(MetadataOutcome.Stored, await s.Metadata.SetAsync(peer, "k", 2));
        Expect.List(["k"], await s.Metadata.GetKeysAsync(peer));
    }

    private static async Task A_record_over_a_decode_limit_is_refused(StoreBench bench)
    {
        var record = Record(Key(), 1, Tcp, Quic);
        var limits = DecodeLimits.Default with { MaxRecordAddresses = 1 };
        await using var s = await bench.OpenAsync(new() { DecodeLimits = limits });
        Expect.Equal(RecordOutcome.TooLarge, await s.Records.ConsumeAsync(record.Envelope.Bytes, Hour));
        Expect.None(await s.PeersAsync());
    }
}
