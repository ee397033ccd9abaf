namespace Libp2p.Peerstore.Tests;

/// <summary>A store whose questions about whole peers can be made to wait or to fail.</summary>
internal sealed class FaultyPeerstore(IPeerstore store) : IPeerstore
{
    public Task Barrier { get; set; } = Task.CompletedTask;

    public Exception? Failure { get; set; }

    /// <summary>Called after each snapshot: what others do between reading and writing.</summary>
    public Func<PeerId, ValueTask>? AfterSnapshot { get; set; }

    /// <summary>Called before a peer is removed.</summary>
    public Func<PeerId, Task>? BeforeRemoval { get; set; }

    public IAddressBook Addresses => store.Addresses;

    public IKeyBook Keys => store.Keys;

    public IProtocolBook Protocols => store.Protocols;

    public IMetadataBook Metadata => store.Metadata;

    public IMetricsBook Metrics => store.Metrics;

    public ValueTask<AddressInfo> GetInfoAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        store.GetInfoAsync(peer, cancellationToken);

    public ValueTask<IReadOnlyList<AddressInfo>> GetInfoAsync(
        IReadOnlyList<PeerId> peers, CancellationToken cancellationToken = default) =>
        store.GetInfoAsync(peers, cancellationToken);

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        store.GetPeersAsync(cancellationToken);

    public async ValueTask<PeerSnapshot> GetSnapshotAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        await Barrier;
        if (Failure is not null)
        {
            throw Failure;
        }

        var snapshot = await store.GetSnapshotAsync(peer, cancellationToken);
        if (AfterSnapshot is not null)
        {
            await AfterSnapshot(peer);
        }

        return snapshot;
    }

    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, Action<IPeerEdit> edit, CancellationToken cancellationToken = default) =>
        store.UpdatePeerAsync(peer, edit, cancellationToken);

    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, PeerVersion expected, Action<IPeerEdit> edit, CancellationToken cancellationToken = default) =>
        store.UpdatePeerAsync(peer, expected, edit, cancellationToken);

    public async ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        if (BeforeRemoval is not null)
        {
            await BeforeRemoval(peer);
        }

        await store.RemovePeerAsync(peer, cancellationToken);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
