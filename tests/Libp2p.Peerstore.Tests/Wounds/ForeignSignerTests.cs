namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 9 of the field: rust-libp2p#2491 and py-libp2p#1338 did not match the signer to the peer of a record.</summary>
public class ForeignSignerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_that_another_peer_signed_is_refused_and_nothing_of_it_is_stored(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var (attacker, victim) = (Sample.NewKey(), Sample.NewKey());
        var own = Sample.Record(victim, 1, Sample.Tcp);
        await store.Records.ConsumeAsync(own, Sample.Hour, Token);
        var payload = Sample.Record(victim, 2, Sample.Quic).Envelope.Payload;
        var forged = SignedEnvelope.Seal(attacker, PeerRecord.Domain, PeerRecord.PayloadType, payload.Span);

        Assert.Equal(RecordOutcome.WrongSigner, await store.Records.ConsumeAsync(forged.Bytes, Sample.Hour, Token));
        Assert.Equal([own.Peer], await store.Peers.GetPeersAsync(Token).ToSetAsync());
        Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(own.Peer, Token));
        Assert.Equal(own.Envelope.Bytes.ToArray(), (await store.Records.GetRecordAsync(own.Peer, Token))!.Bytes.ToArray());
    }
}
