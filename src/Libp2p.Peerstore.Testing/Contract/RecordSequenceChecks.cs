using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Sequence numbers that no later record could exceed.</summary>
internal static class RecordSequenceChecks
{
    private const string Ahead = "How far ahead of the clock a signed record's sequence number may be where it is a time";

    public static CheckList All { get; } = new()
    {
        { Ahead, A_record_from_the_future_is_refused },
        { Ahead, A_clock_that_is_a_little_ahead_is_no_reason_to_refuse },
        { Ahead, A_stored_record_that_the_clock_shows_to_be_from_the_future_is_not_renewed },
        { "Any other number is a count and never from the future, however high.", A_count_is_never_from_the_future },
        { "Zero or less: no limit.", Without_a_limit_any_sequence_number_is_accepted },
        {
            "The sequence number of a signed record in it is a time further ahead than MaxSequenceAhead.",
            An_edit_with_a_record_from_the_future_changes_nothing
        },
    };

    private static async Task A_record_from_the_future_is_refused(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        foreach (var sequence in FromTheFuture(s))
        {
            var record = Record(key, sequence, Tcp);
            Expect.Equal(RecordOutcome.FromTheFuture, await s.Records.ConsumeAsync(record, Hour));
            Expect.Equal(RecordOutcome.FromTheFuture, await s.Records.ConsumeAsync(record.Envelope.Bytes, Hour));
        }

        Expect.None(await s.PeersAsync());
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(key, 1, Quic), Hour));
        Expect.Equal(RecordOutcome.FromTheFuture, await s.Records.ConsumeAsync(Record(key, ulong.MaxValue, Tcp), Hour));
        Expect.List([Quic], await s.Addresses.GetAsync(PeerId.FromPublicKey(key.PublicKey)));
    }

    private static async Task A_clock_that_is_a_little_ahead_is_no_reason_to_refuse(StoreBench bench)
    {
        await using var s = await bench.OpenAsync(new() { MaxSequenceAhead = Minute });
        var milliseconds = (ulong)(s.Clock.GetUtcNow() + Minute).ToUnixTimeMilliseconds();
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(Key(), milliseconds, Tcp), Hour));
        Expect.Equal(RecordOutcome.FromTheFuture, await s.Records.ConsumeAsync(Record(Key(), milliseconds + 1, Tcp), Hour));
        s.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(Key(), milliseconds + 1, Tcp), Hour));
    }

    private static async Task A_stored_record_that_the_clock_shows_to_be_from_the_future_is_not_renewed(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), (ulong)s.Clock.GetUtcNow().ToUnixTimeSeconds(), Tcp);
        await s.Records.ConsumeAsync(record, Hour);
        s.Clock.SetUtcNow(s.Clock.GetUtcNow() - TimeSpan.FromDays(2));
        Expect.Equal(RecordOutcome.FromTheFuture, await s.Records.ConsumeAsync(record.Envelope.Bytes, Hour * 50));
    }

    private static async Task A_count_is_never_from_the_future(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var key = Key();
        ulong[] counts = [0, 1, 2, 3, 999_999_999, 10_000_000_000, 10_000_000_000_000, 999_999_999_999_999_999];
        foreach (var count in counts)
        {
            Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(Record(key, count, Tcp), Hour));
        }
    }

    private static async Task Without_a_limit_any_sequence_number_is_accepted(StoreBench bench)
    {
        foreach (var none in (TimeSpan[])[TimeSpan.Zero, Timeout.InfiniteTimeSpan])
        {
            await using var s = await bench.OpenAsync(new() { MaxSequenceAhead = none });
            var record = Record(Key(), ulong.MaxValue, Tcp);
            Expect.Equal(RecordOutcome.Accepted, await s.Records.ConsumeAsync(record.Envelope.Bytes, Hour));
        }
    }

    private static async Task An_edit_with_a_record_from_the_future_changes_nothing(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var record = Record(Key(), ulong.MaxValue, Tcp);
        var outcome = await s.Store.UpdatePeerAsync(
            record.Peer, edit => edit.AddAddresses([Quic], Hour).Consume(record, Hour).AddProtocols(["/a"]));
        Expect.Equal(PeerEditOutcome.RecordFromTheFuture, outcome);
        Expect.None(await s.PeersAsync());
    }

    /// <summary>Two days ahead in each unit, and the highest number there is.</summary>
    private static ulong[] FromTheFuture(StoreUnderTest s)
    {
        var time = s.Clock.GetUtcNow() + TimeSpan.FromDays(2);
        var milliseconds = (ulong)time.ToUnixTimeMilliseconds();
        return [(ulong)time.ToUnixTimeSeconds(), milliseconds, milliseconds * 1_000_000, ulong.MaxValue];
    }
}
