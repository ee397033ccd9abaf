using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>A file that has come to its maximum while nobody makes room: by policy, or because all are protected.</summary>
[Collection(nameof(CappedStore))]
public class RefusingFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_policy_new_peers_are_refused_and_known_ones_go_on_until_there_is_room()
    {
        using var evicted = new MeterReading(PeerstoreMeter.Evicted, nameof(SqlitePeerstoreOptions.MaxFileBytes));
        using var refused = new MeterReading(PeerstoreMeter.Refused, nameof(SqlitePeerstoreOptions.MaxFileBytes));
        await using var store = await CappedStore.OpenAsync(FullPolicy.RefuseNew);
        var known = await store.FloodAsync(12_000, Sample.Hour);

        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
        Assert.InRange(known.Count, 7000, 11_999);
        Assert.Equal((0, 12_000 - known.Count), (evicted.Total, refused.Total));
        Assert.Equal(known.ToHashSet(), store.InFile());
        Assert.NotEqual(0, (await store.AddAsync(store.NextPeer(), Sample.Hour)).NoRoom);
        Assert.Equal(BookOutcome.NoRoom, await store.Peers.Metrics.RecordLatencyAsync(store.NextPeer(), Sample.Minute, Token));
        Assert.Equal(1, (await store.Peers.Addresses.AddAsync(known[0], [Sample.Six], Sample.Hour, Token)).Added);

        // One removed leaves a place at once, many leave room in the file.
        await store.Peers.Addresses.ClearAsync(known[1], Token);
        Assert.Equal(0, (await store.AddAsync(store.NextPeer(), Sample.Hour)).NoRoom);
        Assert.NotEqual(0, (await store.AddAsync(store.NextPeer(), Sample.Hour)).NoRoom);
        foreach (var peer in known[2..2000])
        {
            await store.Peers.Addresses.ClearAsync(peer, Token);
        }

        await store.Peers.FlushAsync(Token);
        Assert.Equal(1500, (await store.FloodAsync(1500, Sample.Hour)).Count);
        Assert.Equal(await store.InMemoryAsync(), store.InFile());
        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
    }

    [Theory, InlineData(Durability.Behind), InlineData(Durability.OnAcknowledge)]
    public async Task When_all_are_protected_writing_fails_and_says_why_until_there_is_room(Durability durability)
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.EvictLeastValuable, new() { Durability = durability });
        var (kept, known) = (new List<PeerId>(), store.NextPeer());
        await store.AddAsync(known, AddressTtl.Permanent);
        while ((await store.AddAsync(store.NextPeer(), Sample.Hour)).NoRoom == 0)
        {
            kept.AddRange(await store.FloodAsync(100, AddressTtl.Permanent));
        }

        // New peers are refused. A known one may still grow, until the file has no page left.
        var failure = await Assert.ThrowsAsync<PeerstoreException>(() => GrowAsync(store, kept));
        Assert.Equal(PeerstoreError.CannotWrite, failure.Error);
        Assert.Contains("MaxFileBytes", failure.Message, StringComparison.Ordinal);
        Assert.Contains(store.Folder.Peers(), failure.Message, StringComparison.Ordinal);
        Assert.NotNull(store.Peers.WriteFailure);
        Assert.NotEqual(0, store.Peers.DirtyPeers);
        Assert.Equal(kept.Count + 1, (await store.InMemoryAsync()).Count);
        Assert.NotEmpty(AtOnce.Answer(store.Peers.Addresses.GetAsync(known, Token)));

        foreach (var peer in kept[^1000..])
        {
            // Whoever waits for a round in which others find no room is told of it, and may be in the file all the same.
            await AnywayAsync(() => store.Peers.Addresses.ClearAsync(peer, Token).AsTask());
            await AnywayAsync(() => store.Peers.RemovePeerAsync(peer, Token).AsTask());
        }

        await store.Peers.FlushAsync(Token);
        store.Look();
        Assert.Null(store.Peers.WriteFailure);
        Assert.Equal(0, store.Peers.DirtyPeers);
        Assert.Equal([known, .. kept[..^1000]], store.InFile());
        Assert.Equal(0, (await store.AddAsync(store.NextPeer(), Sample.Hour)).NoRoom);
        Assert.InRange(store.MostBytes, CappedStore.Max * 3 / 4, CappedStore.Max);
    }

    [Fact]
    public async Task With_a_full_backlog_what_may_add_is_refused_and_what_removes_is_not()
    {
        await using var store = await CappedStore.OpenAsync(FullPolicy.RefuseNew, new() { MaxDirtyPeers = 100 });
        var known = await store.FloodAsync(12_000, AddressTtl.Permanent);
        var failure = await Assert.ThrowsAsync<PeerstoreException>(async () =>
        {
            foreach (var peer in known[..2000])
            {
                await store.Peers.Metadata.SetAsync(peer, "k", new byte[600], Token);
            }
        });
        Assert.Contains("MaxFileBytes", failure.Message, StringComparison.Ordinal);

        foreach (var peer in known[2000..7500])
        {
            await AnywayAsync(() => store.Peers.Addresses.ClearAsync(peer, Token).AsTask());
        }

        await store.Peers.FlushAsync(Token);
        Assert.Equal(0, store.Peers.DirtyPeers);
        Assert.Equal(await store.InMemoryAsync(), store.InFile());
    }

    /// <summary>Gives one peer after the other half a kilobyte more, and writes it.</summary>
    private static async Task GrowAsync(CappedStore store, List<PeerId> peers)
    {
        foreach (var peer in peers)
        {
            await store.Peers.Metadata.SetAsync(peer, "k", new byte[600], Token);
            await store.Peers.FlushAsync(Token);
            store.Look();
        }
    }

    private static async Task AnywayAsync(Func<Task> call)
    {
        var failure = await Record.ExceptionAsync(call);
        Assert.True(failure is null or PeerstoreException { Error: PeerstoreError.CannotWrite }, failure?.ToString());
    }
}
