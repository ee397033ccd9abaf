namespace Libp2p.Peerstore.Tests;

public class LifecycleDisposalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Disposal_ends_all_connections_and_all_grace_periods(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var lifecycle = new PeerLifecycle(store.Peers, timeProvider: store.Clock);
        PeerConnection[] connections = [.. Enumerable.Range(0, 4).Select(static i => new PeerConnection(Sample.NewPeer(), i, default))];
        foreach (var connection in connections)
        {
            await lifecycle.ConnectedAsync(connection, Token);
            await lifecycle.IdentifiedAsync(connection, LifecycleStage.Listening(Sample.Tcp) with { Protocols = ["/a"] }, Token);
        }

        await lifecycle.DisconnectedAsync(connections[0], Token);
        await lifecycle.DisposeAsync();
        Assert.Equal(0, lifecycle.Count);
        foreach (var connection in connections)
        {
            var snapshot = await store.Peers.GetSnapshotAsync(connection.Peer, Token);
            Assert.Empty(snapshot.Protocols);
            Assert.Equal(AddressTtl.RecentlyConnected, Assert.Single(snapshot.Addresses).Ttl);
        }
    }

    [Fact]
    public async Task Disposal_keeps_what_is_kept_for_a_reason_and_what_never_connected()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var (kept, stranger) = (new PeerConnection(Sample.NewPeer(), 1, default), Sample.NewPeer());
        await store.Peers.Protocols.SetAsync(stranger, ["/a"], Token);
        var lifecycle = new PeerLifecycle(store.Peers, new() { KeepPeer = static _ => true }, store.Clock);
        await lifecycle.ConnectedAsync(kept, Token);
        await lifecycle.IdentifiedAsync(kept, LifecycleStage.Listening(Sample.Tcp) with { Protocols = ["/a"] }, Token);
        await lifecycle.DialSucceededAsync(stranger, Sample.Tcp, Token);
        await lifecycle.DisposeAsync();

        Assert.Equal(["/a"], await store.Peers.Protocols.GetAsync(kept.Peer, Token));
        Assert.Equal(["/a"], await store.Peers.Protocols.GetAsync(stranger, Token));
    }

    [Fact]
    public async Task Disposal_waits_for_what_has_been_reported()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var faulty = new FaultyPeerstore(store.Peers);
        var lifecycle = new PeerLifecycle(faulty, timeProvider: store.Clock);
        var connection = new PeerConnection(Sample.NewPeer(), 1, default);
        await lifecycle.ConnectedAsync(connection, Token);
        var barrier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        faulty.Barrier = barrier.Task;
        var identified = lifecycle.IdentifiedAsync(connection, LifecycleStage.Listening(Sample.Tcp), Token).AsTask();
        var disposals = new[] { lifecycle.DisposeAsync().AsTask(), lifecycle.DisposeAsync().AsTask() };
        Assert.DoesNotContain(disposals, static disposal => disposal.IsCompleted);
        Assert.Throws<ObjectDisposedException>(() => { _ = lifecycle.ConnectedAsync(connection, Token).AsTask(); });
        Assert.Throws<ObjectDisposedException>(() => { _ = lifecycle.DialFailedAsync(connection.Peer, Sample.Tcp, Token).AsTask(); });
        barrier.SetResult();
        await Task.WhenAll(disposals);

        Assert.Equal(IdentifyParts.None, (await identified).Refused);
        var snapshot = await store.Peers.GetSnapshotAsync(connection.Peer, Token);
        Assert.Equal(AddressTtl.RecentlyConnected, Assert.Single(snapshot.Addresses).Ttl);
    }

    [Fact]
    public async Task Disposal_sees_to_every_peer_and_says_if_the_store_failed()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var faulty = new FaultyPeerstore(store.Peers);
        var lifecycle = new PeerLifecycle(faulty, timeProvider: store.Clock);
        for (var i = 0; i < 3; i++)
        {
            await lifecycle.ConnectedAsync(new(Sample.NewPeer(), i, default), Token);
        }

        faulty.Failure = new PeerstoreException(PeerstoreError.CannotWrite, "no disk");
        var failure = await Assert.ThrowsAsync<PeerstoreException>(() => lifecycle.DisposeAsync().AsTask());
        Assert.Contains("3 peers", failure.Message, StringComparison.Ordinal);
        await lifecycle.DisposeAsync();
        store.Clock.Advance(Sample.Hour);
    }
}
