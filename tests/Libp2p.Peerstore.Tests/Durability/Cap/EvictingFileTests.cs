using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>A file that has come to its maximum while the least valuable peers may make room.</summary>
[Collection(nameof(CappedStore))]
public class EvictingFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(Durability.Behind), InlineData(Durability.OnAcknowledge)]
    public async Task A_flood_stays_below_the_maximum_and_what_ends_first_goes_from_memory_and_file(Durability durability)
    {
        using var evicted = new MeterReading(PeerstoreMeter.Evicted, nameof(SqlitePeerstoreOptions.MaxFileBytes));
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable, new() { Durability = durability });
        var (connected, permanent, key) = (store.NextPeer(), store.NextPeer(), Sample.NewKey());
        var self = PeerId.FromPublicKey(key.PublicKey);
        await store.AddAsync(connected, AddressTtl.Connected);
        await store.AddAsync(permanent, AddressTtl.Permanent);
        await store.Peers.Keys.AddPrivateKeyAsync(self, key, Token);
        List<List<PeerId>> waves = [];
        for (var i = 0; i < 6; i++)
        {
            waves.Add(await store.FloodAsync(4000, Sample.Hour + TimeSpan.FromMinutes(i)));
        }

        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
        Assert.InRange(store.MostLogBytes, 1, CappedStore.Max / 2);
        Assert.Null(store.Peers.WriteFailure);
        var inMemory = await store.InMemoryAsync();
        Assert.Equal(inMemory, store.InFile());
        Assert.Superset(new HashSet<PeerId> { connected, permanent, self }, inMemory);
        Assert.DoesNotContain(waves[..3].SelectMany(static wave => wave), inMemory.Contains);
        Assert.All(waves[^1], peer => Assert.Contains(peer, inMemory));
        Assert.Equal(24_003, inMemory.Count + evicted.Total);

        await store.ReopenAsync(CappedStore.Max);
        Assert.Equal(inMemory, await store.InMemoryAsync());
        await store.Peers.DisposeAsync();
        var check = await PeerstoreFile.CheckAsync(store.Folder.Peers(), Token);
        Assert.Equal((true, inMemory.Count), (check.IsClean, check.Peers));
    }

    [Fact]
    public async Task What_was_acknowledged_is_on_the_disk_unless_it_was_evicted_since()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable, new() { Durability = Durability.OnAcknowledge });
        await store.FloodAsync(12_000, Sample.Hour);
        for (var i = 0; i < 20; i++)
        {
            // All end later than what is there: none of them makes room for another.
            var hundred = Enumerable.Range(0, 100).Select(_ => store.NextPeer()).ToArray();
            await Task.WhenAll(hundred.Select(peer => store.AddAsync(peer, 2 * Sample.Hour).AsTask()));
            Assert.Superset(hundred.ToHashSet(), store.InFile());
        }

        // As a process leaves it that is killed now.
        var alive = await store.InMemoryAsync();
        File.Copy(store.Folder.Peers(), store.Folder.File("killed.db"));
        File.Copy(store.Folder.Peers() + "-wal", store.Folder.File("killed.db-wal"));
        await using var again = await SqlitePeerstore.OpenAsync(
            store.Folder.File("killed.db"), new() { PrivateKeys = PrivateKeyProtection.StoreInClear }, store.Clock, Token);
        Assert.Equal(alive, await again.GetPeersAsync(Token).ToHashSetAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task More_than_fits_in_one_round_is_evicted_by_value_when_it_is_written()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable);
        var good = await store.FloodAsync(2000, 2 * Sample.Hour);
        for (var i = 0; i < 30_000; i++)
        {
            AtOnce.Answer(store.AddAsync(store.NextPeer(), Sample.Hour));
        }

        await store.Peers.FlushAsync(Token);
        store.Look();
        var inMemory = await store.InMemoryAsync();
        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
        Assert.InRange(inMemory.Count, 5000, 15_000);
        Assert.Equal(inMemory, store.InFile());
        Assert.Superset(good.ToHashSet(), inMemory);
    }

    [Fact]
    public async Task Closing_writes_what_fits()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable);
        var good = store.NextPeer();
        await store.AddAsync(good, 2 * Sample.Hour);
        for (var i = 0; i < 30_000; i++)
        {
            AtOnce.Answer(store.AddAsync(store.NextPeer(), Sample.Hour));
        }

        await store.ReopenAsync(CappedStore.Max);
        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
        var inMemory = await store.InMemoryAsync();
        Assert.InRange(inMemory.Count, 5000, 15_000);
        Assert.Contains(good, inMemory);
    }

    [Fact]
    public async Task Peers_that_grow_make_others_go()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable);
        var growing = await store.FloodAsync(100, 2 * Sample.Hour);
        await store.FloodAsync(9000, Sample.Hour);
        var before = (await store.InMemoryAsync()).Count;
        foreach (var peer in growing)
        {
            await store.Peers.Metadata.SetAsync(peer, "k", new byte[2000], Token);
            await store.Peers.FlushAsync(Token);
            store.Look();
        }

        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
        var inMemory = await store.InMemoryAsync();
        Assert.Superset(growing.ToHashSet(), inMemory);
        Assert.InRange(inMemory.Count, before / 4, before - 2000);
        Assert.Equal(inMemory, store.InFile());
    }

    [Fact]
    public async Task What_has_ended_goes_before_what_has_not()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable);
        var good = await store.FloodAsync(2000, 2 * Sample.Hour);
        await store.FloodAsync(10_000, Sample.Hour);
        store.Clock.Advance(Sample.Hour);
        var fresh = await store.FloodAsync(3000, Sample.Hour);

        var inMemory = await store.InMemoryAsync();
        Assert.Equal([.. good, .. fresh], inMemory);
        Assert.Equal(inMemory, store.InFile());
    }

    [Fact]
    public async Task A_file_that_was_compacted_is_filled_anew()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable);
        await store.FloodAsync(12_000, Sample.Hour);
        store.Clock.Advance(Sample.Hour);
        await store.Peers.DisposeAsync();
        Assert.InRange((await PeerstoreFile.CompactAsync(store.Folder.Peers(), store.Clock, Token)).BytesAfter, 1, CappedStore.Max / 8);

        await store.ReopenAsync(CappedStore.Max);
        await store.FloodAsync(12_000, Sample.Hour);
        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
        Assert.InRange((await store.InMemoryAsync()).Count, 7000, 11_999);
    }
}
