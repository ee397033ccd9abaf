using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Whose addresses are taken, and where they come from.</summary>
internal static class AddressSourceChecks
{
    private const string Suffix =
        "A /p2p/ID suffix that names the peer itself is dropped; an address that ends in another peer's ID, or is empty, "
        + "is not stored and counted as refused.";

    private const string Announcing =
        "Takes what a peer itself says of its addresses (identify): adds them, and drops those that it said before and "
        + "says no longer.";

    public static CheckList All { get; } = new()
    {
        { Suffix, The_suffix_that_names_the_peer_itself_is_dropped },
        { Suffix, An_address_of_another_peer_or_of_nothing_is_refused },
        { Announcing, What_a_peer_says_now_replaces_what_it_said_before },
        {
            "Addresses known from elsewhere, permanent ones and those in use stay.",
            What_is_known_from_elsewhere_or_endless_outlives_what_a_peer_says
        },
        { "Gets the live addresses of a peer, best first, with their lifetimes and where they come from.", The_details_of_an_address_say_where_it_comes_from },
    };

    private static async Task The_suffix_that_names_the_peer_itself_is_dropped(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        var changes = await s.AddAsync(peer, Hour, Tcp.WithPeer(peer), Tcp);
        Expect.Equal(new AddressChanges { Added = 1, Unchanged = 1 }, changes);
        Expect.List([Tcp], await s.Addresses.GetAsync(peer));
        await s.Addresses.SetAsync(peer, [Tcp.WithPeer(peer)], TimeSpan.Zero);
        Expect.None(await s.Addresses.GetAsync(peer));
    }

    private static async Task An_address_of_another_peer_or_of_nothing_is_refused(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        var refused = new AddressChanges { OfOtherPeer = 1, Empty = 2 };
        Multiaddr[] addresses = [Tcp.WithPeer(Peer()), default, default(Multiaddr).WithPeer(peer)];
        Expect.Equal(refused, await s.Addresses.AddAsync(peer, addresses, Hour));
        Expect.Equal(refused, await s.Addresses.SetAsync(peer, addresses, Hour));
        Expect.Equal(refused, await s.Addresses.AnnounceAsync(peer, addresses, Hour));
        Expect.None(await s.PeersAsync());
    }

    private static async Task What_a_peer_says_now_replaces_what_it_said_before(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Addresses.AnnounceAsync(peer, [Tcp, Quic], Hour);
        var changes = await s.Addresses.AnnounceAsync(peer, [Quic, Six], Hour);
        Expect.Equal(new AddressChanges { Added = 1, Unchanged = 1, Removed = 1 }, changes);
        Expect.List(Texts(Quic, Six), await s.TextsAsync(peer));
    }

    private static async Task What_is_known_from_elsewhere_or_endless_outlives_what_a_peer_says(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Hour, Tcp);
        await s.Addresses.AnnounceAsync(peer, [Tcp, Quic], Hour);
        await s.Addresses.UpdateAsync(peer, Hour, Hour);
        await s.Addresses.AnnounceAsync(peer, [Six], AddressTtl.Permanent);
        Expect.List(Texts(Tcp, Six), await s.TextsAsync(peer));
        await s.Addresses.AnnounceAsync(peer, [], Hour);
        Expect.List(
            [(Six, AddressSource.Added), (Tcp, AddressSource.Added)],
            (await s.Addresses.GetDetailsAsync(peer)).Select(static details => (details.Address, details.Source)));
    }

    private static async Task The_details_of_an_address_say_where_it_comes_from(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var record = Record(key, 1, Tcp);
        await s.AddAsync(record.Peer, AddressTtl.Permanent, Tcp);
        await s.Addresses.AnnounceAsync(record.Peer, [Tcp, Quic], Minute);
        await s.Records.ConsumeAsync(record, Minute);
        Expect.List(
            [(Tcp, AddressSource.Added | AddressSource.Announced | AddressSource.Certified), (Quic, AddressSource.Announced)],
            (await s.Addresses.GetDetailsAsync(record.Peer)).Select(static details => (details.Address, details.Source)));
    }
}
