using Libp2p.Peerstore.Sqlite;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>
/// Wound 3 of the field: what js-libp2p's store lets happen. That two records offered at once leave the newer one is
/// shown by <see cref="RecordRaceTests"/>.
/// </summary>
public class UncheckedStoreTests
{
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Who_wants_three_peers_of_many_need_not_take_all(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        for (var i = 0; i < 200; i++)
        {
            await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        }

        Assert.Equal(3, await store.Peers.GetPeersAsync(Token).Take(3).CountAsync(Token));
    }

    [Fact]
    public async Task One_damaged_entry_spoils_no_listing_and_is_not_overwritten_by_what_comes_next()
    {
        using var folder = new TemporaryFolder();
        var other = Sample.NewPeer();
        await using (var store = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token))
        {
            await store.Addresses.AddAsync(Peer, [Sample.Tcp], Sample.Hour, Token);
            await store.Addresses.AddAsync(other, [Sample.Tcp], Sample.Hour, Token);
        }

        folder.Damage(Peer);
        await using (var store = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token))
        {
            Assert.Equal([other], await store.GetPeersAsync(Token).ToSetAsync());
            await store.Addresses.AddAsync(Peer, [Sample.Quic], Sample.Hour, Token);
        }

        Assert.Equal(1, folder.Count("SELECT count(*) FROM damaged WHERE entry = x'01DEADBEEF00'"));
        await using var again = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token);
        Assert.Equal([Sample.Quic], await again.Addresses.GetAsync(Peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_that_is_certified_does_not_become_less_by_hearsay_and_one_of_hearsay_can_become_certified(
        StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Addresses.AddAsync(Peer, [Sample.Tcp], Sample.Hour, Token);
        await store.Records.ConsumeAsync(Sample.Record(_key, 1, Sample.Tcp), Sample.Hour, Token);
        Assert.True(Assert.Single(await store.Addresses.GetDetailsAsync(Peer, Token)).IsCertified);

        await store.Addresses.AddAsync(Peer, [Sample.Tcp], Sample.Minute, Token);
        await store.Addresses.AnnounceAsync(Peer, [Sample.Quic], Sample.Minute, Token);
        Assert.Contains(
            await store.Addresses.GetDetailsAsync(Peer, Token),
            static known => known.IsCertified && known.Address == Sample.Tcp && known.Ttl == Sample.Hour);
    }

    [Fact]
    public async Task Three_identical_merges_are_one_write()
    {
        using var folder = new TemporaryFolder();
        var clock = new Testing.ManualTimeProvider();
        await using var store = await SqlitePeerstore.OpenAsync(folder.Peers(), timeProvider: clock, cancellationToken: Token);
        await using var observer = folder.Connect();
        var before = Commits(observer);
        await MergeAsync(store);
        var afterFirst = Commits(observer);
        Assert.NotEqual(before, afterFirst);

        await MergeAsync(store);
        await MergeAsync(store);
        Assert.Equal(afterFirst, Commits(observer));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Of_2000_addresses_of_one_peer_no_more_are_kept_than_the_limit(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        Multiaddr[] addresses = [.. Enumerable.Range(0, 2000).Select(Sample.Address)];
        var changes = await store.Addresses.AddAsync(Peer, addresses, Sample.Hour, Token);

        Assert.Equal(new PeerstoreOptions().MaxAddressesPerPeer, changes.Added - changes.Evicted);
        Assert.Equal(new PeerstoreOptions().MaxAddressesPerPeer, (await store.Addresses.GetAsync(Peer, Token)).Count);
    }

    private async Task MergeAsync(SqlitePeerstore store)
    {
        await store.Addresses.AddAsync(Peer, [Sample.Tcp, Sample.Quic], Sample.Hour, Token);
        await store.Protocols.AddAsync(Peer, ["/a", "/b"], Token);
        await store.FlushAsync(Token);
    }

    /// <summary>SQLite changes this number when another connection commits something.</summary>
    private static long Commits(SqliteConnection observer) => observer.Count("PRAGMA data_version");
}
