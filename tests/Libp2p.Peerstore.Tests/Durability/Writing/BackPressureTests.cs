using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class BackPressureTests
{
    private const int Max = 10;

    private static readonly SqlitePeerstoreOptions Small = new()
    {
        MaxDirtyPeers = Max,
        Store = new() { SweepInterval = TimeSpan.Zero },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<FileCalls, int> Faults { get; } = new()
    {
        { FileCalls.Write, SqliteCode.Full },
        { FileCalls.Write, SqliteCode.ReadOnly },
        { FileCalls.Write, SqliteCode.IoError },
        { FileCalls.Sync, SqliteCode.IoError },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task A_disk_that_fails_refuses_changes_when_the_backlog_is_full_and_loses_nothing(FileCalls calls, int result)
    {
        await using var store = await FaultyStore.OpenAsync(Small);
        using var refused = new MeterReading(PeerstoreMeter.Refused, nameof(SqlitePeerstoreOptions.MaxDirtyPeers));
        var known = Sample.NewPeer();
        await store.AddAsync(known);
        await store.Peers.FlushAsync(Token);
        store.Vfs.Plan.Add(new Fault { Calls = calls, Files = FileRoles.Wal, UntilHealed = true, Result = result });
        var peers = Enumerable.Range(0, Max).Select(static _ => Sample.NewPeer()).ToArray();
        foreach (var peer in peers)
        {
            AtOnce.Answer(store.AddAsync(peer));
        }

        await Assert.ThrowsAsync<PeerstoreException>(() => store.Peers.FlushAsync(Token).AsTask());
        var newcomer = Sample.NewPeer();
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(() => store.AddAsync(newcomer).AsTask());
        Assert.Equal(PeerstoreError.CannotWrite, refusal.Error);
        Assert.Contains(store.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, refused.Total);
        Assert.Empty(AtOnce.Answer(store.Peers.Addresses.GetAsync(newcomer, Token)));
        Assert.Single(AtOnce.Answer(store.Peers.Addresses.GetAsync(known, Token)));
        Assert.Equal(Max, store.Peers.DirtyPeers);

        store.Vfs.Plan.Heal();
        await store.Peers.FlushAsync(Token);
        await store.AddAsync(newcomer);
        await store.ReopenAsync();
        Assert.Equal([known, newcomer, .. peers], await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Fact]
    public async Task When_the_disk_is_slow_changes_wait_for_it_and_questions_do_not()
    {
        await using var store = await FaultyStore.OpenAsync(Small);
        using var disk = new ManualResetEventSlim();
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Sync, Files = FileRoles.Wal, Result = SqliteCode.Ok, Gate = disk.WaitHandle });
        for (var i = 0; i < Max; i++)
        {
            AtOnce.Answer(store.AddAsync(Sample.NewPeer()));
        }

        var peer = Sample.NewPeer();
        var waiting = store.AddAsync(peer).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Single(AtOnce.Answer(store.Peers.Addresses.GetAsync(peer, Token)));
        disk.Set();
        await waiting;
        await store.Peers.FlushAsync(Token);
        Assert.Equal(0, store.Peers.DirtyPeers);
    }

    [Fact]
    public async Task Closing_on_a_disk_that_fails_says_so()
    {
        await using var store = await FaultyStore.OpenAsync(Small);
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Write, Files = FileRoles.Wal, UntilHealed = true, Result = SqliteCode.Full });
        await store.AddAsync(Sample.NewPeer());
        await Assert.ThrowsAsync<PeerstoreException>(() => store.Peers.DisposeAsync().AsTask());
        store.Vfs.Plan.Heal();
        await Assert.ThrowsAsync<PeerstoreException>(() => store.DisposeAsync().AsTask());
    }
}
