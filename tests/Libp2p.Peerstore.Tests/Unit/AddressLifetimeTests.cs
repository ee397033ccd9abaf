namespace Libp2p.Peerstore.Tests;

public class AddressLifetimeTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_is_gone_at_the_instant_its_lifetime_ends(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Minute, Token);

        store.Clock.Advance(Sample.Minute - Tick);
        Assert.Single(await store.Addresses.GetAsync(_peer, Token));
        store.Clock.Advance(Tick);
        Assert.Empty(await store.Addresses.GetAsync(_peer, Token));
        Assert.Empty(await store.Addresses.GetPeersAsync(Token).ToSetAsync());
        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Adding_never_shortens_a_lifetime(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, Token);
        var changes = await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Minute, Token);

        Assert.Equal(new AddressChanges { Unchanged = 1 }, changes);
        store.Clock.Advance(Sample.Hour - Tick);
        Assert.Single(await store.Addresses.GetAsync(_peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Setting_shortens_and_zero_removes(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp, Sample.Quic], AddressTtl.Permanent, Token);
        await store.Addresses.SetAsync(_peer, [Sample.Tcp], Sample.Minute, Token);
        var removed = await store.Addresses.SetAsync(_peer, [Sample.Quic, Sample.Six], TimeSpan.Zero, Token);

        Assert.Equal(new AddressChanges { Removed = 1 }, removed);
        Assert.Equal([Sample.Tcp.ToString()], await store.TextsAsync(_peer));
        store.Clock.Advance(Sample.Minute);
        Assert.Empty(await store.Addresses.GetAsync(_peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Updating_takes_exactly_one_lifetime_and_counts_the_new_one_from_now(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], AddressTtl.Connected, Token);
        await store.Addresses.AddAsync(_peer, [Sample.Quic], AddressTtl.Permanent, Token);
        store.Clock.Advance(Sample.Hour);
        var changes = await store.Addresses.UpdateAsync(_peer, AddressTtl.Connected, AddressTtl.RecentlyConnected, Token);

        Assert.Equal(new AddressChanges { Renewed = 1 }, changes);
        store.Clock.Advance(AddressTtl.RecentlyConnected - Tick);
        Assert.Equal(2, (await store.Addresses.GetAsync(_peer, Token)).Count);
        store.Clock.Advance(Tick);
        Assert.Equal([Sample.Quic.ToString()], await store.TextsAsync(_peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_lifetime_beyond_the_calendar_can_be_shown(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], TimeSpan.FromDays(4_000_000), Token);
        await store.ReopenAsync();

        Assert.Equal(DateTimeOffset.MaxValue, Assert.Single(await store.Addresses.GetDetailsAsync(_peer, Token)).Expires);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Clearing_removes_the_addresses_and_the_record_and_nothing_else(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var key = Sample.NewKey();
        var record = Sample.Record(key, 1, Sample.Tcp);
        await store.Records.ConsumeAsync(record, Sample.Hour, Token);
        await store.Peers.Metrics.RecordLatencyAsync(record.Peer, Sample.Minute, Token);
        await store.Addresses.ClearAsync(record.Peer, Token);

        Assert.Empty(await store.Addresses.GetAsync(record.Peer, Token));
        Assert.Null(await store.Records.GetRecordAsync(record.Peer, Token));
        Assert.Equal(Sample.Minute, await store.Peers.Metrics.GetLatencyAsync(record.Peer, Token));
    }
}
