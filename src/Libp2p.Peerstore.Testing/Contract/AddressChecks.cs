using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Adding, setting, updating, clearing and listing addresses.</summary>
internal static class AddressChecks
{
    private const string Adding =
        "AddAddrs gives this AddrBook addresses to use, with a given ttl (time-to-live), after which the address is no longer valid.";

    private const string Setting = "SetAddrs sets the ttl on addresses.";

    private const string Updating =
        "UpdateAddrs updates the addresses associated with the given peer that have the given oldTTL to have the given newTTL.";

    public static CheckList All { get; } = new()
    {
        { Adding, Added_addresses_are_known_and_those_of_others_are_not_touched },
        { "AddAddr calls AddAddrs(p, []ma.Multiaddr{addr}, ttl)", One_address_or_many_are_added_alike },
        { Adding, Adding_for_no_time_adds_nothing },
        { "SetAddr calls mgr.SetAddrs(p, addr, ttl)", Setting_one_address_leaves_the_others },
        { "This clears any TTL there previously.", Setting_changes_a_lifetime_whatever_it_was },
        { Setting, Setting_adds_what_is_unknown },
        { Setting, Setting_to_zero_or_less_removes },
        { Updating, Updating_takes_exactly_one_lifetime_and_counts_the_new_one_from_now },
        { Updating, Updating_to_zero_or_less_removes },
        { Updating, Updating_one_peer_leaves_the_others },
        { "Addrs returns all known (and valid) addresses for a given peer.", All_live_addresses_are_answered_once },
        { "A list of its own that never changes; empty for a peer without addresses.", A_list_that_was_answered_never_changes },
        { "Gets the live addresses of a peer, best first.", Addresses_are_answered_best_first },
        { "ClearAddresses removes all previously stored addresses.", Clearing_removes_addresses_of_every_lifetime },
        { "ClearAddresses removes all previously stored addresses.", Clearing_leaves_the_other_books_and_peers },
        { "PeersWithAddrs returns all the peer IDs stored in the AddrBook.", Peers_with_addresses_are_those_with_a_live_one },
        { "Adds the addresses of several peers, see the overload for one.", Addresses_of_several_peers_are_added_in_one_call },
    };

    private static async Task Added_addresses_are_known_and_those_of_others_are_not_touched(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        Expect.Equal(new AddressChanges { Added = 2 }, await s.AddAsync(peer, Hour, Tcp, Quic));
        Expect.Equal(new AddressChanges { Added = 1 }, await s.AddAsync(other, Hour, Tcp));
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(peer));
        Expect.List(Texts(Tcp), await s.TextsAsync(other));
    }

    private static async Task One_address_or_many_are_added_alike(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (one, many) = (Peer(), Peer());
        await s.AddAsync(one, Hour, Tcp);
        await s.AddAsync(one, Hour, Quic);
        await s.AddAsync(many, Hour, Tcp, Quic, Tcp);
        Expect.List(await s.Addresses.GetDetailsAsync(one), await s.Addresses.GetDetailsAsync(many));
        Expect.Equal(default, await s.AddAsync(one, Hour));
    }

    private static async Task Adding_for_no_time_adds_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, TimeSpan.Zero, Tcp);
        await s.AddAsync(peer, -Hour, Quic);
        Expect.None(await s.Addresses.GetAsync(peer));
        await s.AddAsync(peer, Hour, Tcp);
        await s.AddAsync(peer, TimeSpan.Zero, Tcp);
        Expect.List(Texts(Tcp), await s.TextsAsync(peer));
    }

    private static async Task Setting_one_address_leaves_the_others(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Hour, Tcp, Quic);
        await s.Addresses.SetAsync(peer, [Tcp], Minute);
        s.Clock.Advance(Minute);
        Expect.List(Texts(Quic), await s.TextsAsync(peer));
    }

    private static async Task Setting_changes_a_lifetime_whatever_it_was(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, AddressTtl.Permanent, Tcp);
        await s.AddAsync(peer, Minute, Quic);
        Expect.Equal(new AddressChanges { Renewed = 2 }, await s.Addresses.SetAsync(peer, [Tcp, Quic], 2 * Minute));
        s.Clock.Advance((2 * Minute) - Tick);
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(peer));
        s.Clock.Advance(Tick);
        Expect.None(await s.Addresses.GetAsync(peer));
    }

    private static async Task Setting_adds_what_is_unknown(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        Expect.Equal(new AddressChanges { Added = 1 }, await s.Addresses.SetAsync(peer, [Tcp], Minute));
        Expect.List(Texts(Tcp), await s.TextsAsync(peer));
    }

    private static async Task Setting_to_zero_or_less_removes(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, AddressTtl.Permanent, Tcp);
        await s.AddAsync(peer, Hour, Quic, Six);
        Expect.Equal(new AddressChanges { Removed = 1 }, await s.Addresses.SetAsync(peer, [Tcp, Address(1)], TimeSpan.Zero));
        Expect.Equal(new AddressChanges { Removed = 1 }, await s.Addresses.SetAsync(peer, [Quic], -Tick));
        Expect.List(Texts(Six), await s.TextsAsync(peer));
    }

    private static async Task Updating_takes_exactly_one_lifetime_and_counts_the_new_one_from_now(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, AddressTtl.Connected, Tcp);
        await s.AddAsync(peer, AddressTtl.Permanent, Quic);
        await s.AddAsync(peer, 2 * Hour, Six);
        s.Clock.Advance(Hour);
        var changes = await s.Addresses.UpdateAsync(peer, AddressTtl.Connected, AddressTtl.RecentlyConnected);
        Expect.Equal(new AddressChanges { Renewed = 1 }, changes);
        s.Clock.Advance(AddressTtl.RecentlyConnected - Tick);
        Expect.List(Texts(Tcp, Quic, Six), await s.TextsAsync(peer));
        s.Clock.Advance(Tick);
        Expect.List(Texts(Quic, Six), await s.TextsAsync(peer));
    }

    private static async Task Updating_to_zero_or_less_removes(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp);
        await s.AddAsync(peer, Hour, Quic);
        await s.AddAsync(peer, AddressTtl.Connected, Six);
        Expect.Equal(1, (await s.Addresses.UpdateAsync(peer, Minute, TimeSpan.Zero)).Removed);
        Expect.Equal(1, (await s.Addresses.UpdateAsync(peer, AddressTtl.Connected, -Tick)).Removed);
        Expect.List(Texts(Quic), await s.TextsAsync(peer));
    }

    private static async Task Updating_one_peer_leaves_the_others(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        await s.AddAsync(other, Hour, Tcp);
        Expect.Equal(default, await s.Addresses.UpdateAsync(peer, Hour, TimeSpan.Zero));
        Expect.List(Texts(Tcp), await s.TextsAsync(other));
    }

    private static async Task All_live_addresses_are_answered_once(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp, Tcp);
        await s.AddAsync(peer, Hour, Tcp, Quic);
        await s.AddAsync(peer, Minute, Six);
        s.Clock.Advance(Minute);
        Expect.Set([Tcp, Quic], await s.Addresses.GetAsync(peer));
        Expect.None(await s.Addresses.GetAsync(Peer()));
    }

    private static async Task A_list_that_was_answered_never_changes(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp);
        var before = await s.Addresses.GetAsync(peer);
        await s.AddAsync(peer, Hour, Quic);
        s.Clock.Advance(Minute);
        await s.Addresses.ClearAsync(peer);
        Expect.List([Tcp], before);
    }

    private static async Task Addresses_are_answered_best_first(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp);
        await s.AddAsync(peer, AddressTtl.Permanent, Quic);
        await s.AddAsync(peer, Hour, Six);
        Expect.List([Quic, Six, Tcp], await s.Addresses.GetAsync(peer));
        Expect.List([Quic, Six, Tcp], (await s.Addresses.GetDetailsAsync(peer)).Select(static details => details.Address));
    }

    private static async Task Clearing_removes_addresses_of_every_lifetime(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, AddressTtl.Permanent, Tcp);
        await s.AddAsync(peer, AddressTtl.Connected, Quic);
        await s.AddAsync(peer, Hour, Six);
        await s.Addresses.ClearAsync(peer);
        Expect.None(await s.Addresses.GetAsync(peer));
        Expect.None(await s.PeersAsync());
        await s.Addresses.ClearAsync(peer);
    }

    private static async Task Clearing_leaves_the_other_books_and_peers(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        await s.AddAsync(peer, Hour, Tcp);
        await s.AddAsync(other, Hour, Tcp);
        await s.Protocols.SetAsync(peer, ["/a"]);
        await s.Metadata.SetAsync(peer, "k", 1);
        await s.Metrics.RecordLatencyAsync(peer, Minute);
        await s.Addresses.ClearAsync(peer);
        Expect.List(Texts(Tcp), await s.TextsAsync(other));
        Expect.List(["/a"], await s.Protocols.GetAsync(peer));
        Expect.Equal(1, await s.Metadata.GetAsync<int>(peer, "k"));
        Expect.Equal(Minute, await s.Metrics.GetLatencyAsync(peer));
    }

    private static async Task Peers_with_addresses_are_those_with_a_live_one(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peers = Peers(4);
        await s.AddAsync(peers[0], AddressTtl.Permanent, Tcp);
        await s.AddAsync(peers[1], Hour, Tcp);
        await s.AddAsync(peers[2], Minute, Tcp);
        await s.Protocols.SetAsync(peers[3], ["/a"]);
        s.Clock.Advance(Minute);
        Expect.Set(peers[..2], await StoreUnderTest.ToSetAsync(s.Addresses.GetPeersAsync()));
    }

    private static async Task Addresses_of_several_peers_are_added_in_one_call(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peers = Peers(2);
        var changes = await s.Addresses.AddAsync([new(peers[0], [Tcp, Quic]), new(peers[1], [Tcp]), new(peers[0], [Tcp])], Minute);
        Expect.Equal(new AddressChanges { Added = 3, Unchanged = 1 }, changes);
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(peers[0]));
        Expect.List(Texts(Tcp), await s.TextsAsync(peers[1]));
    }
}
