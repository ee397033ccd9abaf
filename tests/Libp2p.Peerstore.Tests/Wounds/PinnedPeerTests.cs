namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 11 of the field (nxm-rs/vertex#161): a record with sequence number 2^64−1 pins its peer for ever.</summary>
public class PinnedPeerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_of_the_highest_sequence_number_does_not_pin_its_peer(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var key = Sample.NewKey();
        var pin = Sample.Record(key, ulong.MaxValue, Sample.Quic);
        Assert.Equal(RecordOutcome.FromTheFuture, await store.Records.ConsumeAsync(pin.Envelope.Bytes, Sample.Hour, Token));
        var outcome = await store.Peers.UpdatePeerAsync(pin.Peer, edit => edit.Consume(pin, Sample.Hour), Token);
        Assert.Equal(PeerEditOutcome.RecordFromTheFuture, outcome);

        var next = Sample.Record(key, new PeerRecordClock(time: store.Clock).Next(), Sample.Tcp);
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(next.Envelope.Bytes, Sample.Hour, Token));
        Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(pin.Peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_that_a_clock_set_back_shows_to_be_from_the_future_ends_with_its_addresses(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var key = Sample.NewKey();
        var ahead = (ulong)(store.Clock.GetUtcNow() + TimeSpan.FromHours(20)).ToUnixTimeMilliseconds();
        var pin = Sample.Record(key, ahead, Sample.Quic);
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(pin, Sample.Hour, Token));
        store.Clock.SetUtcNow(store.Clock.GetUtcNow() - Sample.Hour * 12);
        Assert.Equal(RecordOutcome.FromTheFuture, await store.Records.ConsumeAsync(pin, Sample.Hour * 24, Token));
        store.Clock.Advance(Sample.Hour * 13);
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(Sample.Record(key, 1, Sample.Tcp), Sample.Hour, Token));
    }

    [Fact]
    public async Task An_identify_with_a_record_from_the_future_is_taken_without_the_record()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var outcome = await stage.IdentifyAsync(await stage.ConnectAsync(), stage.Signed(ulong.MaxValue, Sample.Tcp) with { Protocols = ["/a"] });
        Assert.Equal((IdentifyParts.Record, EnvelopeOutcome.Opened), (outcome.Refused, outcome.Record));
        var snapshot = await stage.SnapshotAsync();
        Assert.Null(snapshot.Record);
        Assert.Equal(["/a"], snapshot.Protocols);
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
    }
}
