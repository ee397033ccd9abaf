namespace Libp2p.Peerstore.Tests;

public class SignedRecordTests
{
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_is_kept_byte_for_byte_with_its_addresses(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var record = Sample.Record(_key, 7, Sample.Tcp, Sample.Quic);

        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(record.Envelope.Bytes, Sample.Hour, Token));
        var stored = await store.Records.GetRecordAsync(Peer, Token);
        Assert.Equal(record.Envelope.Bytes.ToArray(), stored!.Bytes.ToArray());
        Assert.All(await store.Addresses.GetDetailsAsync(Peer, Token), static address => Assert.True(address.IsCertified));
        Assert.Equal([Sample.Tcp.ToString(), Sample.Quic.ToString()], await store.TextsAsync(Peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_with_a_lower_sequence_is_stale(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Records.ConsumeAsync(Sample.Record(_key, 7, Sample.Tcp), Sample.Hour, Token);
        var older = Sample.Record(_key, 6, Sample.Quic);

        Assert.Equal(RecordOutcome.Stale, await store.Records.ConsumeAsync(older, Sample.Hour, Token));
        Assert.Equal(RecordOutcome.Stale, await store.Records.ConsumeAsync(older.Envelope.Bytes, Sample.Hour, Token));
        Assert.Equal([Sample.Tcp.ToString()], await store.TextsAsync(Peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_same_bytes_again_renew_the_addresses_and_bring_back_lost_ones(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var bytes = Sample.Record(_key, 7, Sample.Tcp, Sample.Quic).Envelope.Bytes;
        await store.Records.ConsumeAsync(bytes, Sample.Minute, Token);
        await store.Addresses.SetAsync(Peer, [Sample.Quic], TimeSpan.Zero, Token);
        store.Clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal(RecordOutcome.Refreshed, await store.Records.ConsumeAsync(bytes, Sample.Minute, Token));
        store.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal([Sample.Tcp.ToString(), Sample.Quic.ToString()], await store.TextsAsync(Peer));
    }

    [Theory]
    [InlineData(StoreKind.Memory, NewerRecordRule.KeepFormer)]
    [InlineData(StoreKind.Memory, NewerRecordRule.ReplaceFormer)]
    [InlineData(StoreKind.Sqlite, NewerRecordRule.KeepFormer)]
    [InlineData(StoreKind.Sqlite, NewerRecordRule.ReplaceFormer)]
    public async Task A_newer_record_keeps_or_replaces_the_former_addresses_as_the_option_says(
        StoreKind kind, NewerRecordRule rule)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { NewerRecord = rule });
        await store.Records.ConsumeAsync(Sample.Record(_key, 1, Sample.Tcp, Sample.Quic), Sample.Hour, Token);
        await store.Addresses.SetAsync(Peer, [Sample.Quic], AddressTtl.Connected, Token);
        await store.Records.ConsumeAsync(Sample.Record(_key, 2, Sample.Six), Sample.Hour, Token);

        var certified = (await store.Addresses.GetDetailsAsync(Peer, Token)).Where(static address => address.IsCertified);
        Assert.Equal([Sample.Six], certified.Select(static address => address.Address));
        Assert.Equal(rule == NewerRecordRule.KeepFormer, (await store.TextsAsync(Peer)).Contains(Sample.Tcp.ToString()));
        Assert.Contains(Sample.Quic.ToString(), await store.TextsAsync(Peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_goes_with_the_last_address_and_takes_its_sequence_along(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Records.ConsumeAsync(Sample.Record(_key, 7, Sample.Tcp), Sample.Minute, Token);
        await store.Addresses.AddAsync(Peer, [Sample.Quic], 2 * Sample.Minute, Token);

        store.Clock.Advance(Sample.Minute);
        Assert.NotNull(await store.Records.GetRecordAsync(Peer, Token));
        store.Clock.Advance(Sample.Minute);
        Assert.Null(await store.Records.GetRecordAsync(Peer, Token));
        var older = Sample.Record(_key, 1, Sample.Tcp).Envelope.Bytes;
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(older, Sample.Minute, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Nothing_of_a_record_that_cannot_be_verified_is_visible(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var bytes = Sample.Record(_key, 7, Sample.Tcp).Envelope.Bytes.ToArray();
        bytes[^1] ^= 1;
        Assert.Equal(RecordOutcome.BadSignature, await store.Records.ConsumeAsync(bytes, Sample.Hour, Token));
        Assert.Equal(RecordOutcome.Malformed, await store.Records.ConsumeAsync(bytes.AsMemory(0, 40), Sample.Hour, Token));
        Assert.Equal(RecordOutcome.TooLarge, await store.Records.ConsumeAsync(new byte[1 << 20], Sample.Hour, Token));
        var foreign = SignedEnvelope.Seal(_key, "another-domain", PeerRecord.PayloadType, [1, 2, 3]);
        Assert.Equal(RecordOutcome.BadSignature, await store.Records.ConsumeAsync(foreign.Bytes, Sample.Hour, Token));

        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_without_addresses_leaves_nothing_behind(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxSignedRecords = 1, WhenFull = FullPolicy.RefuseNew });
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(Sample.Record(_key, 7), Sample.Hour, Token));

        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
        var other = Sample.Record(Sample.NewKey(), 1, Sample.Tcp);
        Assert.Equal(RecordOutcome.Accepted, await store.Records.ConsumeAsync(other, Sample.Hour, Token));
    }
}
