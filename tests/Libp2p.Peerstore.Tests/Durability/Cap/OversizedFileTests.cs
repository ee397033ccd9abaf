using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>Files that are larger than they may be when they are opened, and the maximum itself.</summary>
[Collection(nameof(CappedStore))]
public class OversizedFileTests
{
    private const long Large = 16 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_above_its_maximum_is_written_anew_with_the_most_valuable_when_it_is_opened()
    {
        using var evicted = new MeterReading(PeerstoreMeter.Evicted, nameof(SqlitePeerstoreOptions.MaxFileBytes));
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable);
        await store.ReopenAsync(Large);
        var permanent = await store.FloodAsync(100, AddressTtl.Permanent);
        var good = await store.FloodAsync(5000, 2 * Sample.Hour);
        await store.FloodAsync(20_000, Sample.Hour);
        await store.Peers.DisposeAsync();
        Assert.InRange(new FileInfo(store.Folder.Peers()).Length, 2 * CappedStore.Max, Large);

        await store.ReopenAsync(CappedStore.Max);
        Assert.InRange(new FileInfo(store.Folder.Peers()).Length, CappedStore.Max / 2, CappedStore.Max);
        var inMemory = await store.InMemoryAsync();
        Assert.Equal(25_100, inMemory.Count + evicted.Total);
        Assert.Equal(inMemory, store.InFile());
        Assert.Superset(permanent.Concat(good).ToHashSet(), inMemory);
        await store.FloodAsync(5000, 2 * Sample.Hour);
        Assert.InRange(new FileInfo(store.Folder.Peers()).Length, CappedStore.Max / 2, CappedStore.Max);
    }

    [Fact]
    public async Task By_policy_nobody_goes_then_and_nothing_is_added_until_the_maximum_is_raised()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.RefuseNew);
        await store.ReopenAsync(Large);
        var known = await store.FloodAsync(20_000, Sample.Hour);

        await store.ReopenAsync(CappedStore.Max);
        Assert.Equal(known.ToHashSet(), await store.InMemoryAsync());
        Assert.NotEqual(0, (await store.AddAsync(store.NextPeer(), Sample.Hour)).NoRoom);
        store.Clock.Advance(Sample.Minute);
        Assert.NotEqual(0, (await store.AddAsync(known[0], Sample.Hour)).Renewed);
        await store.Peers.FlushAsync(Token);

        await store.ReopenAsync(Large);
        Assert.Equal(0, (await store.AddAsync(store.NextPeer(), Sample.Hour)).NoRoom);
    }

    [Fact]
    public async Task While_the_disk_fails_nobody_is_evicted_again_and_again()
    {
        using var evicted = new MeterReading(PeerstoreMeter.Evicted, nameof(SqlitePeerstoreOptions.MaxFileBytes));
        await using var store = await FaultyStore.OpenAsync(new()
        {
            MaxFileBytes = CappedStore.Max,
            Store = new() { SweepInterval = TimeSpan.Zero },
        });
        for (var i = 0; evicted.Total == 0; i++)
        {
            await store.AddAsync(Sample.NewPeer());
            if (i % 100 == 99)
            {
                await store.Peers.FlushAsync(Token);
            }
        }

        await store.Peers.FlushAsync(Token);
        var before = evicted.Total;
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Write, Files = FileRoles.Wal, UntilHealed = true, Result = SqliteCode.Full });
        await store.AddAsync(Sample.NewPeer());
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<PeerstoreException>(() => store.Peers.FlushAsync(Token).AsTask());
        }

        // The one that the new one took the place of.
        Assert.InRange(evicted.Total - before, 0, 1);
        store.Vfs.Plan.Heal();
        await store.Peers.FlushAsync(Token);
        Assert.Null(store.Peers.WriteFailure);
    }

    [Fact]
    public void A_maximum_below_a_megabyte_is_refused_and_there_is_one_by_default()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new SqlitePeerstoreOptions { MaxFileBytes = CappedStore.Max - 1 });
        Assert.Equal(8L << 30, new SqlitePeerstoreOptions().MaxFileBytes);
    }
}
