using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Following the addresses of a peer.</summary>
internal static class StreamChecks
{
    private const string KnownFirst = "AddrStream returns a channel that gets all addresses for a given peer sent on it.";

    private const string NewLater =
        "If new addresses are added after the call is made they will be sent along through the channel as well.";

    private const string OneStep = "Snapshot and subscription are one step.";

    private const string Ending = "it ends when cancelled, when its enumerator is disposed or when the store is.";

    private const string Bounded =
        "Its buffer is bounded: a reader that falls behind gets Resync and a fresh snapshot, and never delays a writer.";

    public static CheckList All { get; } = new()
    {
        { KnownFirst, A_stream_begins_with_what_is_known_best_first },
        { NewLater, A_stream_gives_each_new_address_once_however_it_came },
        { NewLater, A_stream_gives_nothing_of_other_peers },
        { OneStep, A_stream_misses_nothing_and_repeats_nothing_while_addresses_are_added },
        { Bounded, A_reader_that_falls_behind_gets_a_fresh_snapshot },
        { Bounded, A_reader_that_does_not_read_delays_nobody },
        { Ending, A_stream_ends_when_it_is_cancelled },
        { Ending, A_stream_ends_with_its_store_after_what_waits_in_it },
        { Ending, A_stream_whose_reader_has_gone_costs_nothing },
    };

    private static async Task A_stream_begins_with_what_is_known_best_first(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Minute, Tcp);
        await s.AddAsync(peer, Hour, Quic);
        await s.AddAsync(peer, Minute - Tick, Six);
        s.Clock.Advance(Minute - Tick);
        await using var stream = s.Addresses.WatchAsync(peer).GetAsyncEnumerator();
        Expect.Equal(new(AddressEventKind.Known, Quic), await Expect.NextAsync(stream));
        Expect.Equal(new(AddressEventKind.Known, Tcp), await Expect.NextAsync(stream));
    }

    private static async Task A_stream_gives_each_new_address_once_however_it_came(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        var record = Record(key, 1, Tcp, Address(4));
        await s.AddAsync(record.Peer, Minute, Tcp);
        await using var stream = s.Addresses.WatchAsync(record.Peer).GetAsyncEnumerator();
        Expect.Equal(new(AddressEventKind.Known, Tcp), await Expect.NextAsync(stream));
        await s.AddAsync(record.Peer, Hour, Tcp, Address(1), Address(1));
        await s.Addresses.SetAsync(record.Peer, [Address(1), Address(2)], Hour);
        await s.Addresses.AnnounceAsync(record.Peer, [Address(2), Address(3)], Hour);
        await s.Records.ConsumeAsync(record, Hour);
        await s.Store.UpdatePeerAsync(record.Peer, static edit => edit.AddAddresses([Tcp, Address(5)], Hour));
        for (var i = 1; i <= 5; i++)
        {
            Expect.Equal(new(AddressEventKind.Added, Address(i)), await Expect.NextAsync(stream));
        }
    }

    private static async Task A_stream_gives_nothing_of_other_peers(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await using var stream = s.Addresses.WatchAsync(peer).GetAsyncEnumerator();
        var first = Expect.NextAsync(stream);
        await s.AddAsync(Peer(), Hour, Quic);
        await s.AddAsync(peer, Hour, Tcp);
        Expect.Equal(new(AddressEventKind.Added, Tcp), await first);
    }

    private static async Task A_stream_misses_nothing_and_repeats_nothing_while_addresses_are_added(StoreBench bench)
    {
        const int Number = 500;
        await using var s = await bench.OpenAsync(new() { MaxAddressesPerPeer = 0, WatchBuffer = Number });
        var peer = Peer();
        var addresses = Addresses(Number);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadAsync(s, peer, Number))).ToArray();
        foreach (var address in addresses)
        {
            await s.AddAsync(peer, Hour, address);
        }

        foreach (var reader in readers)
        {
            Expect.Set(addresses, await Expect.SoonAsync(reader, "a stream"));
        }
    }

    private static async Task<List<Multiaddr>> ReadAsync(StoreUnderTest s, PeerId peer, int number)
    {
        var read = new List<Multiaddr>();
        await using var stream = s.Addresses.WatchAsync(peer).GetAsyncEnumerator();
        while (read.Count < number)
        {
            read.Add((await Expect.NextAsync(stream)).Address);
        }

        return read;
    }

    private static async Task A_reader_that_falls_behind_gets_a_fresh_snapshot(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { WatchBuffer = 4 });
        var peer = Peer();
        var addresses = Addresses(20);
        await s.AddAsync(peer, Hour, addresses[0]);
        await using var stream = s.Addresses.WatchAsync(peer).GetAsyncEnumerator();
        Expect.Equal(new(AddressEventKind.Known, addresses[0]), await Expect.NextAsync(stream));
        foreach (var address in addresses[1..])
        {
            await s.AddAsync(peer, Hour, address);
        }

        var (next, before) = (await Expect.NextAsync(stream), 0);
        for (; next.Kind == AddressEventKind.Added; before++)
        {
            Expect.That(before <= 5, "at most what fits into the buffer before the marker", $"{before} addresses");
            next = await Expect.NextAsync(stream);
        }

        Expect.Equal(AddressEventKind.Resync, next.Kind);
        var fresh = new List<Multiaddr>();
        while (fresh.Count < addresses.Length)
        {
            next = await Expect.NextAsync(stream);
            Expect.Equal(AddressEventKind.Known, next.Kind);
            fresh.Add(next.Address);
        }

        Expect.Set(addresses, fresh);
        await s.AddAsync(peer, Hour, Six);
        Expect.Equal(new(AddressEventKind.Added, Six), await Expect.NextAsync(stream));
    }

    private static async Task A_reader_that_does_not_read_delays_nobody(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { WatchBuffer = 1, MaxAddressesPerPeer = 0 });
        var peer = Peer();
        await s.AddAsync(peer, Hour, Tcp);
        await using var idle = s.Addresses.WatchAsync(peer).GetAsyncEnumerator();
        await Expect.NextAsync(idle);
        var writing = Task.Run(async () => await s.Addresses.AddAsync(peer, Addresses(1000), Hour));
        Expect.Equal(1000, (await Expect.SoonAsync(writing)).Added);
    }

    private static async Task A_stream_ends_when_it_is_cancelled(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        using var stop = new CancellationTokenSource();
        await using var stream = s.Addresses.WatchAsync(Peer(), stop.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = Task.Run(async () => await stream.MoveNextAsync());
        await stop.CancelAsync();
        await Expect.ThrowsAsync<OperationCanceledException>(() => Expect.SoonAsync(next));
    }

    private static async Task A_stream_ends_with_its_store_after_what_waits_in_it(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await using var stream = s.Addresses.WatchAsync(peer).GetAsyncEnumerator();
        await s.AddAsync(peer, Hour, Tcp);
        Expect.Equal(new(AddressEventKind.Known, Tcp), await Expect.NextAsync(stream));
        await s.AddAsync(peer, Hour, Quic);
        await s.Store.DisposeAsync();
        Expect.Equal(new(AddressEventKind.Added, Quic), await Expect.NextAsync(stream));
        await Expect.EndAsync(stream);
    }

    private static async Task A_stream_whose_reader_has_gone_costs_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.AddAsync(peer, Hour, Tcp);
        for (var i = 0; i < 100; i++)
        {
            await using var stream = s.Addresses.WatchAsync(peer).GetAsyncEnumerator();
            await Expect.NextAsync(stream);
        }

        await s.AddAsync(peer, Hour, Quic);
        await s.Addresses.ClearAsync(peer);
        Expect.None(await s.PeersAsync());
    }
}
