namespace Libp2p.Peerstore.Tests;

/// <summary>
/// Wound 10 of the field: go-libp2p#2304, #2325, #2754: envelopes that were written anew or lost, and could not be
/// handed on to other peers.
/// </summary>
public class RewrittenEnvelopeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_envelope_comes_back_byte_for_byte_even_if_nobody_here_would_write_it_so(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var record = Sample.Record(Sample.NewKey(), 1, Sample.Tcp);

        // A field of number 15 that this version does not know.
        byte[] received = [.. record.Envelope.Bytes.Span, 0x78, 0x01];
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(received, Sample.Hour, Token));
        await store.ReopenAsync();

        var kept = (await store.Records.GetRecordAsync(record.Peer, Token))!.Bytes;
        Assert.Equal(received, kept.ToArray());
        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(kept, out _));
        Assert.Equal(RecordOutcome.Refreshed, await store.Records.ConsumeAsync(received, Sample.Hour, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_envelope_does_not_change_with_the_buffer_it_came_in(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var record = Sample.Record(Sample.NewKey(), 1, Sample.Tcp);
        var buffer = record.Envelope.Bytes.ToArray();
        await store.Records.ConsumeAsync(buffer, Sample.Hour, Token);
        Array.Clear(buffer);

        var kept = (await store.Records.GetRecordAsync(record.Peer, Token))!.Bytes;
        Assert.Equal(record.Envelope.Bytes.ToArray(), kept.ToArray());
    }
}
