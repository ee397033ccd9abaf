using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>What makes room in a full store, by default.</summary>
internal static class EvictionChecks
{
    private const string EndsFirst = "The least valuable makes room: what ends first.";

    private const string Never =
        "Permanent addresses, all addresses of connected peers and peers with a private key are never evicted; where "
        + "nothing else is left, the new is refused.";

    public static CheckList All { get; } = new()
    {
        { EndsFirst, In_a_full_store_the_address_that_ends_first_makes_room },
        { EndsFirst, What_is_known_and_renewed_takes_no_room },
        { EndsFirst, The_record_of_the_peer_that_ends_first_makes_room_and_its_addresses_stay },
        { EndsFirst, Peers_without_addresses_make_room_before_those_with },
        { Never, Nothing_of_a_connected_peer_and_nothing_permanent_makes_room },
        { Never, A_peer_with_a_private_key_never_makes_room },
    };

    private static async Task In_a_full_store_the_address_that_ends_first_makes_room(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddresses = 3 });
        var peers = Peers(4);
        await s.AddAsync(peers[0], 3 * Minute, Tcp);
        await s.AddAsync(peers[1], 1 * Minute, Tcp);
        await s.AddAsync(peers[2], 2 * Minute, Tcp);
        Expect.Equal(1, (await s.AddAsync(peers[3], Hour, Tcp)).Added);
        Expect.Set([peers[0], peers[2], peers[3]], await s.PeersAsync());
    }

    private static async Task What_is_known_and_renewed_takes_no_room(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddresses = 2 });
        var peers = Peers(2);
        await s.AddAsync(peers[0], Minute, Tcp);
        await s.AddAsync(peers[1], Minute, Tcp);
        await s.AddAsync(peers[1], Hour, Tcp, Tcp);
        await s.Addresses.SetAsync(peers[1], [Tcp], Hour);
        await s.AddAsync(peers[1], AddressTtl.Permanent, Quic);
        Expect.Set(peers, await s.PeersAsync());
    }

    private static async Task The_record_of_the_peer_that_ends_first_makes_room_and_its_addresses_stay(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxSignedRecords = 2 });
        PeerRecord[] records = [Record(Key(), 1, Tcp), Record(Key(), 1, Tcp), Record(Key(), 1, Tcp)];
        await s.Records.ConsumeAsync(records[0], Hour);
        await s.Records.ConsumeAsync(records[1], Minute);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(records[2], Minute));
        Expect.That(await s.Records.GetRecordAsync(records[0].Peer) is not null, "the record that ends last", "none");
        Expect.Equal(null, await s.Records.GetRecordAsync(records[1].Peer));
        var left = await s.Addresses.GetDetailsAsync(records[1].Peer);
        Expect.List([(Tcp, AddressSource.Added)], left.Select(static details => (details.Address, details.Source)));
    }

    private static async Task Peers_without_addresses_make_room_before_those_with(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxPeers = 2 });
        var peers = Peers(3);
        await s.Protocols.SetAsync(peers[0], ["/a"]);
        await s.AddAsync(peers[1], Minute, Tcp);
        Expect.Equal(new AddressChanges { Added = 1 }, await s.AddAsync(peers[2], Hour, Tcp));
        Expect.Set(peers[1..], await s.PeersAsync());
        Expect.None(await s.Protocols.GetAsync(peers[0]));
    }

    private static async Task Nothing_of_a_connected_peer_and_nothing_permanent_makes_room(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxAddresses = 1, MaxSignedRecords = 1, MaxPeers = 2 });
        var (connected, other) = (Record(Key(), 1, Tcp), Record(Key(), 1, Six));
        await s.Records.ConsumeAsync(connected, Minute);
        await s.AddAsync(connected.Peer, AddressTtl.Connected, Quic);
        await s.AddAsync(Peer(), AddressTtl.Permanent, Quic);
        Expect.Equal(RecordOutcome.NoRoom, await s.Records.ConsumeAsync(other, Hour));
        Expect.Equal(new AddressChanges { NoRoom = 1 }, await s.AddAsync(other.Peer, Hour, Six));
        Expect.Equal(ProtocolOutcome.NoRoom, await s.Protocols.AddAsync(other.Peer, ["/a"]));
        await s.Addresses.UpdateAsync(connected.Peer, AddressTtl.Connected, TimeSpan.Zero);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(other, Hour));
        Expect.None(await s.Addresses.GetAsync(connected.Peer));
    }

    private static async Task A_peer_with_a_private_key_never_makes_room(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxPeers = 1 });
        var (own, other) = (Key(), Peer());
        var self = PeerId.FromPublicKey(own.PublicKey);
        await s.Keys.AddPrivateKeyAsync(self, own);
        Expect.Equal(new AddressChanges { NoRoom = 1 }, await s.AddAsync(other, Hour, Tcp));
        Expect.Equal(MetadataOutcome.NoRoom, await s.Metadata.SetAsync(other, "k", 1));
        Expect.Set([self], await s.PeersAsync());
    }
}
