using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class RenewalTests
{
    private static readonly TimeSpan Window = new SqlitePeerstoreOptions().RenewalWindow;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly PeerId Peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_renewal_waits_for_its_own_window_and_is_written_then()
    {
        await using var store = await OpenAsync();
        await RenewAsync(store);
        Assert.Equal(1, store.Peers.DirtyPeers);
        store.Clock.Advance(Window - Step);
        Assert.Equal(1, store.Peers.DirtyPeers);
        await PassTimeUntilWrittenAsync(store);
    }

    [Fact]
    public async Task A_change_takes_a_renewal_with_it()
    {
        await using var store = await OpenAsync();
        await RenewAsync(store);
        await store.Peers.Protocols.AddAsync(Peer, ["/a"], Token);
        await RenewAsync(store);
        Assert.Equal(1, store.Peers.DirtyPeers);
        await PassTimeUntilWrittenAsync(store);
    }

    [Fact]
    public async Task A_renewal_is_written_by_a_flush_and_by_closing()
    {
        await using var store = await OpenAsync();
        await RenewAsync(store);
        await store.Peers.FlushAsync(Token);
        Assert.Equal(0, store.Peers.DirtyPeers);

        await RenewAsync(store);
        await store.ReopenAsync();
        store.Clock.Advance(Sample.Hour + Sample.Minute);
        Assert.Single(await store.Peers.Addresses.GetAsync(Peer, Token));
    }

    [Fact]
    public async Task So_many_renewals_that_the_backlog_is_half_full_are_written_early()
    {
        await using var store = await OpenAsync(maxDirtyPeers: 1);
        await RenewAsync(store);
        await store.AddAsync(Sample.NewPeer());
        await PassTimeUntilWrittenAsync(store);
    }

    private static async Task<FaultyStore> OpenAsync(int maxDirtyPeers = 1000)
    {
        var store = await FaultyStore.OpenAsync(
            new() { MaxDirtyPeers = maxDirtyPeers, Store = new() { SweepInterval = TimeSpan.Zero } });
        await store.AddAsync(Peer);
        await store.Peers.FlushAsync(Token);
        return store;
    }

    private static async Task RenewAsync(FaultyStore store)
    {
        store.Clock.Advance(TimeSpan.FromTicks(1));
        await store.Peers.Addresses.AddAsync(Peer, [Sample.Tcp], 2 * Sample.Hour, Token);
    }

    /// <summary>The writer sets out on a thread of its own, and then waits for the clock.</summary>
    private static async Task PassTimeUntilWrittenAsync(FaultyStore store)
    {
        while (store.Peers.DirtyPeers > 0)
        {
            Token.ThrowIfCancellationRequested();
            store.Clock.Advance(Step);
            await Task.Yield();
        }
    }
}
