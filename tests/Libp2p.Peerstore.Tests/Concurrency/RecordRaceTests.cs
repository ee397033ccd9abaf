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

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public Task Of_two_records_offered_at_once_the_newer_one_stays_in_each_of_100_000_tries(StoreKind kind) =>
        // js-libp2p can be left with the older one: it reads, decides and writes in three steps.
        AssertNewerStaysAsync(kind, tries: 100_000, static (book, record) => book.ConsumeAsync(record, Sample.Hour));

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public Task Of_two_envelopes_offered_at_once_the_newer_one_stays(StoreKind kind) =>
        // The cheap answers, which read before they store, take the chance away from nobody.
        AssertNewerStaysAsync(kind, tries: 2_000, static (book, record) => book.ConsumeAsync(record.Envelope.Bytes, Sample.Hour));

    private async Task AssertNewerStaysAsync(
        StoreKind kind, int tries, Func<ICertifiedAddressBook, PeerRecord, ValueTask<RecordOutcome>> consume)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var book = store.Records;
        var (newerStayed, tried) = (0, 0);
        using var tryEnds = new Barrier(2, _ =>
        {
            // Runs on one of the two threads while the other waits.
            var stored = AtOnce.Answer(book.GetRecordAsync(_newer.Peer, Token));
            newerStayed += ReferenceEquals(stored, _newer.Envelope) || IsNewer(stored) ? 1 : 0;
            if (++tried < tries)
            {
                AtOnce.Done(store.Addresses.ClearAsync(_newer.Peer, Token));
            }
        });

        await Task.WhenAll(OfferAsync(_older), OfferAsync(_newer));
        Assert.Equal(tries, newerStayed);
        await store.ReopenAsync();
        Assert.True(IsNewer(await store.Records.GetRecordAsync(_newer.Peer, Token)));

        Task OfferAsync(PeerRecord record) => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < tries; i++)
                {
                    AtOnce.Answer(consume(book, record));
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
