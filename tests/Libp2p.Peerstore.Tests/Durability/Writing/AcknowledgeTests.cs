using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class AcknowledgeTests
{
    private static readonly SqlitePeerstoreOptions OnAcknowledge = new()
    {
        Durability = Durability.OnAcknowledge,
        Store = new() { SweepInterval = TimeSpan.Zero },
    };

    private static readonly Fault DiskFull = new()
    {
        Calls = FileCalls.Write,
        Files = FileRoles.Wal,
        UntilHealed = true,
        Result = SqliteCode.Full,
    };

    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    public static TheoryData<string> Changes => new(Calls.Keys);

    private static Dictionary<string, Func<IPeerstore, PeerId, PrivateKey, Task>> Calls { get; } = new(StringComparer.Ordinal)
    {
        ["add addresses"] = static (store, peer, _) => store.Addresses.AddAsync(peer, [Sample.Quic], Sample.Hour, Token).AsTask(),
        ["renew"] = static (store, peer, _) => store.Addresses.AddAsync(peer, [Sample.Tcp], 2 * Sample.Hour, Token).AsTask(),
        ["set addresses"] = static (store, peer, _) => store.Addresses.SetAsync(peer, [Sample.Quic], Sample.Hour, Token).AsTask(),
        ["announce"] = static (store, peer, _) => store.Addresses.AnnounceAsync(peer, [Sample.Quic], Sample.Hour, Token).AsTask(),
        ["update"] = static (store, peer, _) => store.Addresses.UpdateAsync(peer, Sample.Hour, Sample.Minute, Token).AsTask(),
        ["clear"] = static (store, peer, _) => store.Addresses.ClearAsync(peer, Token).AsTask(),
        ["consume"] = static (store, _, key) => Records(store).ConsumeAsync(Sample.Record(key, 2, Sample.Quic), Sample.Hour, Token).AsTask(),
        ["add key"] = static (store, peer, key) => store.Keys.AddPublicKeyAsync(peer, key.PublicKey, Token).AsTask(),
        ["remove keys"] = static (store, peer, _) => store.Keys.RemovePeerAsync(peer, Token).AsTask(),
        ["set protocols"] = static (store, peer, _) => store.Protocols.SetAsync(peer, ["/new"], Token).AsTask(),
        ["remove protocols"] = static (store, peer, _) => store.Protocols.RemoveAsync(peer, ["/a"], Token).AsTask(),
        ["remove all protocols"] = static (store, peer, _) => store.Protocols.RemovePeerAsync(peer, Token).AsTask(),
        ["set metadata"] = static (store, peer, _) => store.Metadata.SetAsync(peer, "new", 1, Token).AsTask(),
        ["remove metadata"] = static (store, peer, _) => store.Metadata.RemoveAsync(peer, "a", Token).AsTask(),
        ["remove all metadata"] = static (store, peer, _) => store.Metadata.RemovePeerAsync(peer, Token).AsTask(),
        ["latency"] = static (store, peer, _) => store.Metrics.RecordLatencyAsync(peer, Sample.Minute, Token).AsTask(),
        ["remove latency"] = static (store, peer, _) => store.Metrics.RemovePeerAsync(peer, Token).AsTask(),
        ["edit"] = static (store, peer, _) => store.UpdatePeerAsync(peer, static edit => edit.AddProtocols(["/b"]), Token).AsTask(),
        ["remove peer"] = static (store, peer, _) => store.RemovePeerAsync(peer, Token).AsTask(),
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task A_change_is_answered_when_it_is_in_the_file_and_fails_when_it_cannot_be(string name)
    {
        await using var store = await FaultyStore.OpenAsync(OnAcknowledge);
        var withKey = !string.Equals(name, "add key", StringComparison.Ordinal);
        await store.Peers.UpdatePeerAsync(Peer, edit => Everything(edit, withKey), Token);
        Assert.Equal(0, store.Peers.DirtyPeers);

        var before = store.Vfs.Log.Count;
        store.Vfs.Plan.Add(DiskFull);
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(() => Calls[name](store.Peers, Peer, _key));
        Assert.Equal(PeerstoreError.CannotWrite, refusal.Error);
        Assert.Equal(1, store.Peers.DirtyPeers);

        // It is in memory, and is tried again with whatever is asked for next.
        store.Vfs.Plan.Heal();
        await store.Peers.Protocols.AddAsync(Peer, ["/later"], Token);
        Assert.Equal(0, store.Peers.DirtyPeers);
        Assert.Null(store.Peers.WriteFailure);
        Assert.True(store.Vfs.Log.Count > before);
    }

    [Fact]
    public async Task Calls_that_wait_together_share_a_transaction()
    {
        await using var store = await FaultyStore.OpenAsync(OnAcknowledge);
        using var disk = new ManualResetEventSlim();
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Sync, Files = FileRoles.Wal, Result = SqliteCode.Ok, Gate = disk.WaitHandle });
        var first = store.AddAsync(Sample.NewPeer()).AsTask();
        var before = store.Vfs.Log.Snapshot().Count(static change => change.Kind == FileChangeKind.Synced);
        var others = Enumerable.Range(0, 500).Select(_ => store.AddAsync(Sample.NewPeer()).AsTask()).ToArray();
        Assert.DoesNotContain(others, static call => call.IsCompleted);

        disk.Set();
        await Task.WhenAll([first, .. others]);
        var syncs = store.Vfs.Log.Snapshot().Count(static change => change.Kind == FileChangeKind.Synced) - before;
        Assert.InRange(syncs, 1, 6);
    }

    [Fact]
    public async Task A_call_that_changed_nothing_waits_for_what_it_saw_and_for_nothing_else()
    {
        await using var store = await FaultyStore.OpenAsync(OnAcknowledge);
        var other = Sample.NewPeer();
        await store.AddAsync(other);
        using var disk = new ManualResetEventSlim();
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Sync, Files = FileRoles.Wal, Result = SqliteCode.Ok, Gate = disk.WaitHandle });
        var change = store.AddAsync(Peer).AsTask();
        var same = store.AddAsync(Peer).AsTask();

        Assert.False(change.IsCompleted);
        Assert.False(same.IsCompleted);
        Assert.Equal(0, AtOnce.Answer(store.AddAsync(other)).Added);
        Assert.Single(AtOnce.Answer(store.Peers.Addresses.GetAsync(Peer, Token)));
        disk.Set();
        await Task.WhenAll(change, same);
        Assert.True(store.IsInFile(Peer));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_and_not_the_change()
    {
        await using var store = await FaultyStore.OpenAsync(OnAcknowledge);
        using var disk = new ManualResetEventSlim();
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Sync, Files = FileRoles.Wal, Result = SqliteCode.Ok, Gate = disk.WaitHandle });
        using var cancellation = new CancellationTokenSource();
        var call = store.Peers.Addresses.AddAsync(Peer, [Sample.Tcp], Sample.Hour, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        disk.Set();
        await store.Peers.FlushAsync(Token);
        Assert.True(store.IsInFile(Peer));
    }

    [Fact]
    public async Task What_writes_behind_and_what_is_in_memory_answers_at_once()
    {
        await using var store = await FaultyStore.OpenAsync();
        await using var memory = MemoryPeerstore.Create();
        foreach (var call in Calls.Values)
        {
            Assert.True(call(store.Peers, Peer, _key).IsCompletedSuccessfully);
            Assert.True(call(memory, Peer, _key).IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task Closing_completes_the_calls_that_wait()
    {
        var store = await FaultyStore.OpenAsync(OnAcknowledge);
        await using var closing = store;
        using var disk = new ManualResetEventSlim();
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Sync, Files = FileRoles.Wal, Result = SqliteCode.Ok, Gate = disk.WaitHandle });
        var first = store.AddAsync(Peer).AsTask();
        var second = store.AddAsync(Sample.NewPeer()).AsTask();
        var close = store.Peers.DisposeAsync().AsTask();
        disk.Set();
        await Task.WhenAll(first, second, close);
    }

    private static ICertifiedAddressBook Records(IPeerstore store) =>
        store.Addresses.TryGetCertified(out var records) ? records : throw new InvalidOperationException();

    private void Everything(IPeerEdit edit, bool withKey)
    {
        edit.AddAddresses([Sample.Tcp], Sample.Hour)
            .Consume(Sample.Record(_key, 1, Sample.Tcp), Sample.Hour)
            .SetProtocols(["/a"])
            .SetMetadata("a", 1)
            .RecordLatency(Sample.Hour);
        if (withKey)
        {
            edit.AddPublicKey(_key.PublicKey);
        }
    }
}
