namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 4 of the field: js-libp2p signs a new record with a new sequence number for every identify.</summary>
public class NewSequenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_same_addresses_under_ever_new_sequence_numbers_are_renewed_and_nothing_more(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { NewerRecord = NewerRecordRule.ReplaceFormer });
        var key = Sample.NewKey();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await using var stream = store.Addresses.WatchAsync(peer, Token).GetAsyncEnumerator(Token);
        var first = stream.MoveNextAsync();
        for (var sequence = 1UL; sequence <= 20; sequence++)
        {
            var record = Sample.Record(key, sequence, Sample.Tcp);
            Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(record.Envelope.Bytes, Sample.Minute, Token));
            store.Clock.Advance(Sample.Minute / 2);
        }

        Assert.Equal(Sample.Tcp, Assert.Single(await store.Addresses.GetAsync(peer, Token)));
        Assert.Equal(20UL, Sequence(await store.Records.GetRecordAsync(peer, Token)));

        // The stream speaks of it once, however often it was signed.
        Assert.True(await first);
        Assert.Equal(Sample.Tcp, stream.Current.Address);
        await store.Addresses.AddAsync(peer, [Sample.Quic], Sample.Minute, Token);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(new(AddressEventKind.Added, Sample.Quic), stream.Current);
    }

    private static ulong? Sequence(SignedEnvelope? envelope) =>
        PeerRecord.TryOpen(envelope?.Bytes ?? default, out var record) == EnvelopeOutcome.Opened ? record!.Sequence : null;
}
