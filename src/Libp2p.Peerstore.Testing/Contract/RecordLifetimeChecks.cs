using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>How long signed records and their addresses live.</summary>
internal static class RecordLifetimeChecks
{
    private const string AllGone =
        "The signed peer record itself will be expired when all the addresses associated with the peer, self-certified or "
        + "not, are removed from the AddrBook.";

    private const string Deleting =
        "To delete the signed peer record, use `AddrBook.UpdateAddrs`,`AddrBook.SetAddrs`, or `AddrBook.ClearAddrs` with ttl 0.";

    public static CheckList All { get; } = new()
    {
        { "The addresses contained in the signed peer record will expire after ttl.", The_addresses_of_a_record_end_after_its_lifetime },
        {
            "If any address is already present in the peer store, it'll expire at max of existing ttl and provided ttl.",
            An_address_that_is_known_keeps_the_later_of_two_ends
        },
        { AllGone, A_record_goes_with_the_last_address_of_its_peer },
        { AllGone, A_record_that_is_gone_takes_its_sequence_along },
        { AllGone, A_record_without_addresses_leaves_nothing_behind },
        { Deleting, A_record_is_deleted_by_clearing },
        { Deleting, A_record_is_deleted_by_setting_to_zero },
        { Deleting, A_record_is_deleted_by_updating_to_zero },
        {
            "RemovePeer removes all the peer related information except its addresses.",
            Removing_a_peer_leaves_its_record_with_its_addresses
        },
    };

    private static async Task The_addresses_of_a_record_end_after_its_lifetime(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), 7, Tcp, Quic);
        await s.Records.ConsumeAsync(record, Minute);
        s.Clock.Advance(Minute - Tick);
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(record.Peer));
        s.Clock.Advance(Tick);
        Expect.None(await s.Addresses.GetAsync(record.Peer));
    }

    private static async Task An_address_that_is_known_keeps_the_later_of_two_ends(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), 7, Tcp, Quic);
        await s.AddAsync(record.Peer, Hour, Tcp);
        await s.AddAsync(record.Peer, Minute, Quic);
        await s.Records.ConsumeAsync(record, 2 * Minute);
        s.Clock.Advance((2 * Minute) - Tick);
        Expect.List(Texts(Tcp, Quic), await s.TextsAsync(record.Peer));
        s.Clock.Advance(Tick);
        Expect.List(Texts(Tcp), await s.TextsAsync(record.Peer));
    }

    private static async Task A_record_goes_with_the_last_address_of_its_peer(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), 7, Tcp);
        await s.Records.ConsumeAsync(record, Minute);
        await s.AddAsync(record.Peer, 2 * Minute, Quic);
        await s.Protocols.SetAsync(record.Peer, ["/a"]);
        s.Clock.Advance((2 * Minute) - Tick);
        Expect.Bytes(record.Envelope.Bytes, (await s.Records.GetRecordAsync(record.Peer))?.Bytes);
        s.Clock.Advance(Tick);
        Expect.Equal(null, await s.Records.GetRecordAsync(record.Peer));
        await s.AddAsync(record.Peer, Hour, Six);
        Expect.Equal(null, await s.Records.GetRecordAsync(record.Peer));
    }

    private static async Task A_record_that_is_gone_takes_its_sequence_along(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        await s.Records.ConsumeAsync(Record(key, 7, Tcp), Minute);
        s.Clock.Advance(Minute);
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(key, 1, Tcp).Envelope.Bytes, Minute));
    }

    private static async Task A_record_without_addresses_leaves_nothing_behind(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxSignedRecords = 1, WhenFull = FullPolicy.RefuseNew });
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(Key(), 7), Hour));
        Expect.None(await s.PeersAsync());
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(Key(), 1, Tcp), Hour));
    }

    private static Task A_record_is_deleted_by_clearing(StoreBench bench) =>
        DeletesAsync(bench, static (book, peer) => book.ClearAsync(peer).AsTask());

    private static Task A_record_is_deleted_by_setting_to_zero(StoreBench bench) =>
        DeletesAsync(bench, static (book, peer) => book.SetAsync(peer, [Tcp, Quic], TimeSpan.Zero).AsTask());

    private static Task A_record_is_deleted_by_updating_to_zero(StoreBench bench) =>
        DeletesAsync(bench, static (book, peer) => book.UpdateAsync(peer, Hour, TimeSpan.Zero).AsTask());

    private static async Task DeletesAsync(StoreBench bench, Func<IAddressBook, PeerId, Task> delete)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), 7, Tcp, Quic);
        await s.Records.ConsumeAsync(record, Hour);
        await delete(s.Addresses, record.Peer);
        Expect.Equal(null, await s.Records.GetRecordAsync(record.Peer));
        Expect.None(await s.PeersAsync());
    }

    private static async Task Removing_a_peer_leaves_its_record_with_its_addresses(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), 7, Tcp);
        await s.Records.ConsumeAsync(record, Hour);
        await s.Store.RemovePeerAsync(record.Peer);
        Expect.Bytes(record.Envelope.Bytes, (await s.Records.GetRecordAsync(record.Peer))?.Bytes);
        Expect.List(Texts(Tcp), await s.TextsAsync(record.Peer));
    }
}
