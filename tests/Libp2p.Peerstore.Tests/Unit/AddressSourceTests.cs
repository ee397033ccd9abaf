namespace Libp2p.Peerstore.Tests;

public class AddressSourceTests
{
    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_suffix_that_names_the_peer_itself_is_dropped(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var changes = await store.Addresses.AddAsync(
            _peer, [Sample.Tcp.WithPeer(_peer), Sample.Tcp], Sample.Hour, Token);

        Assert.Equal(new AddressChanges { Added = 1, Unchanged = 1 }, changes);
        Assert.Equal([Sample.Tcp.ToString()], await store.TextsAsync(_peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_of_another_peer_is_refused(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var changes = await store.Addresses.AddAsync(
            _peer, [Sample.Tcp.WithPeer(Sample.NewPeer()), default, default(Multiaddr).WithPeer(_peer)], Sample.Hour, Token);

        Assert.Equal(new AddressChanges { OfOtherPeer = 1, Empty = 2 }, changes);
        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_a_peer_says_now_replaces_what_it_said_before(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AnnounceAsync(_peer, [Sample.Tcp, Sample.Quic], Sample.Hour, Token);
        var changes = await store.Addresses.AnnounceAsync(_peer, [Sample.Quic, Sample.Six], Sample.Hour, Token);

        Assert.Equal(new AddressChanges { Added = 1, Unchanged = 1, Removed = 1 }, changes);
        Assert.Equal([Sample.Quic.ToString(), Sample.Six.ToString()], await store.TextsAsync(_peer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_is_known_from_elsewhere_or_endless_outlives_what_a_peer_says(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, Token);
        await store.Addresses.AnnounceAsync(_peer, [Sample.Tcp, Sample.Quic], Sample.Hour, Token);
        await store.Addresses.UpdateAsync(_peer, Sample.Hour, Sample.Hour, Token);
        await store.Addresses.AnnounceAsync(_peer, [Sample.Six], AddressTtl.Permanent, Token);
        Assert.Equal([Sample.Tcp.ToString(), Sample.Six.ToString()], await store.TextsAsync(_peer));

        await store.Addresses.AnnounceAsync(_peer, [], Sample.Hour, Token);
        var left = await store.Addresses.GetDetailsAsync(_peer, Token);
        Assert.Equal([Sample.Six, Sample.Tcp], left.Select(static address => address.Address));
        Assert.All(left, static address => Assert.Equal(AddressSource.Added, address.Source));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Details_say_lifetime_end_and_source(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, Token);
        await store.Addresses.AnnounceAsync(_peer, [Sample.Tcp], AddressTtl.Permanent, Token);
        await store.Addresses.AnnounceAsync(_peer, [Sample.Tcp, Sample.Quic], Sample.Minute, Token);

        Assert.Equal(
            [
                new(Sample.Tcp, AddressTtl.Permanent, DateTimeOffset.MaxValue, AddressSource.Added | AddressSource.Announced),
                new(Sample.Quic, Sample.Minute, store.Clock.GetUtcNow() + Sample.Minute, AddressSource.Announced),
            ],
            await store.Addresses.GetDetailsAsync(_peer, Token));
    }
}
