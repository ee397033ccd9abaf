using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class SqliteConcurrencyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_many_threads_stored_while_others_flushed_is_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        PeerId[] peers = [.. Enumerable.Range(0, 50).Select(static _ => Sample.NewPeer())];
        var expected = new Dictionary<PeerId, HashSet<Multiaddr>>();
        await using (var store = await SqlitePeerstore.OpenAsync(folder.File("peers.db"), cancellationToken: Token))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() => WorkAsync(store, peers, seed))));
            foreach (var peer in peers)
            {
                expected[peer] = [.. await store.Addresses.GetAsync(peer, Token)];
            }
        }

        await using var again = await SqlitePeerstore.OpenAsync(folder.File("peers.db"), cancellationToken: Token);
        foreach (var (peer, addresses) in expected)
        {
            Assert.Equal(addresses, [.. await again.Addresses.GetAsync(peer, Token)]);
        }
    }

    [Fact]
    public async Task Who_disposes_second_waits_until_the_file_is_written_and_free()
    {
        using var folder = new TemporaryFolder();
        var peer = Sample.NewPeer();
        var store = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token);
        await using var other = folder.Connect();
        Task first, second;
        await using (var busy = other.BeginTransaction(deferred: false))
        {
            await store.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Permanent, Token);
            first = Task.Run(() => store.DisposeAsync().AsTask(), Token);
            second = Task.Run(() => store.DisposeAsync().AsTask(), Token);
            Assert.NotSame(first, await Task.WhenAny(first, Task.Delay(200, Token)));
            Assert.False(second.IsCompleted);
        }

        await second;
        await using var again = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token);
        Assert.Equal([Sample.Tcp], await again.Addresses.GetAsync(peer, Token));
        await first;
    }

    [Fact]
    public async Task A_store_that_is_disposed_under_load_loses_nothing_it_acknowledged()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<PeerId>();
        var store = await SqlitePeerstore.OpenAsync(folder.File("peers.db"), cancellationToken: Token);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                // More than are stored before the store is disposed, and far fewer than its limits.
                for (var i = 0; i < 20_000; i++)
                {
                    var peer = Sample.NewPeer();
                    Assert.Equal(1, (await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token)).Added);
                    acknowledged.Add(peer);
                    started.TrySetResult();
                }
            }
            catch (ObjectDisposedException)
            {
                // The store said no: from here on nothing is acknowledged.
            }
        })).ToArray();
        await started.Task;
        await store.DisposeAsync();
        await Task.WhenAll(writers);

        await using var again = await SqlitePeerstore.OpenAsync(folder.File("peers.db"), cancellationToken: Token);
        var kept = await again.GetPeersAsync(Token).ToSetAsync();
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(kept));
    }

    private static async Task WorkAsync(SqlitePeerstore store, PeerId[] peers, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++)
        {
            var peer = peers[random.Next(peers.Length)];
            Multiaddr[] addresses = [Sample.Address(random.Next(20))];
            _ = random.Next(4) switch
            {
                0 => await store.Addresses.SetAsync(peer, addresses, TimeSpan.Zero, Token),
                1 => await store.Addresses.AnnounceAsync(peer, addresses, Sample.Hour, Token),
                _ => await store.Addresses.AddAsync(peer, addresses, Sample.Hour, Token),
            };
            if (i % 200 == 0)
            {
                await store.FlushAsync(Token);
            }
        }
    }
}
