namespace Libp2p.Peerstore.Tests;

public class RecordRaceTests
{
    private readonly PeerRecord _older;
    private readonly PeerRecord _newer;

    public RecordRaceTests()
    {
        var key = Sample.NewKey();
        (_older, _newer) = (Sample.Record(key, 1, Sample.Tcp), Sample.Record(key, 2, Sample.Quic));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Of_two_records_offered_at_once_the_newer_one_stays_in_each_of_100_000_tries() =>
        // js-libp2p can be left with the older one: it reads, decides and writes in three steps.
        AssertNewerStaysAsync(tries: 100_000, static (book, record) => book.ConsumeAsync(record, Sample.Hour));

    [Fact]
    public Task Of_two_envelopes_offered_at_once_the_newer_one_stays() =>
        // The cheap answers, which read before they store, take the chance away from nobody.
        AssertNewerStaysAsync(tries: 2_000, static (book, record) => book.ConsumeAsync(record.Envelope.Bytes, Sample.Hour));

    private async Task AssertNewerStaysAsync(
        int tries, Func<ICertifiedAddressBook, PeerRecord, ValueTask<RecordOutcome>> consume)
    {
        await using var store = MemoryPeerstore.Create();
        store.Addresses.TryGetCertified(out var book);
        var newerStayed = 0;
        using var tryEnds = new Barrier(2, _ =>
        {
            // Runs on one of the two threads while the other waits.
            var stored = AtOnce.Answer(book!.GetRecordAsync(_newer.Peer, Token));
            newerStayed += ReferenceEquals(stored, _newer.Envelope) || IsNewer(stored) ? 1 : 0;
            AtOnce.Done(store.Addresses.ClearAsync(_newer.Peer, Token));
        });

        await Task.WhenAll(OfferAsync(_older), OfferAsync(_newer));
        Assert.Equal(tries, newerStayed);

        Task OfferAsync(PeerRecord record) => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < tries; i++)
                {
                    AtOnce.Answer(consume(book!, record));
                    tryEnds.SignalAndWait(Token);
                }
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private bool IsNewer(SignedEnvelope? stored) =>
        stored is not null && stored.Bytes.Span.SequenceEqual(_newer.Envelope.Bytes.Span);
}
