namespace Libp2p.Peerstore;

/// <summary>A peerstore that lives in memory, and ends with its process.</summary>
/// <remarks>Thread-safe. Every operation completes synchronously.</remarks>
public sealed class MemoryPeerstore : IPeerstore, ISweepable, IEngineOwner
{
    private readonly EngineStore _store;

    internal MemoryPeerstore(PeerstoreEngine engine) => _store = new(engine);

    /// <inheritdoc/>
    public IAddressBook Addresses => _store.Addresses;

    /// <inheritdoc/>
    public IKeyBook Keys => _store.Keys;

    /// <inheritdoc/>
    public IProtocolBook Protocols => _store.Protocols;

    /// <inheritdoc/>
    public IMetadataBook Metadata => _store.Metadata;

    /// <inheritdoc/>
    public IMetricsBook Metrics => _store.Metrics;

    PeerstoreEngine IEngineOwner.Engine => _store.Engine;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">Limits and rules; the defaults where none are given.</param>
    /// <param name="timeProvider">What tells the time; the system's clock where none is given.</param>
    public static MemoryPeerstore Create(PeerstoreOptions? options = null, TimeProvider? timeProvider = null) =>
        new(new PeerstoreEngine(options ?? new PeerstoreOptions(), timeProvider ?? TimeProvider.System));

    /// <inheritdoc/>
    public ValueTask<AddressInfo> GetInfoAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        _store.GetInfoAsync(peer, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AddressInfo>> GetInfoAsync(
        IReadOnlyList<PeerId> peers, CancellationToken cancellationToken = default) =>
        _store.GetInfoAsync(peers, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        _store.GetPeersAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PeerSnapshot> GetSnapshotAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        _store.GetSnapshotAsync(peer, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, Action<IPeerEdit> edit, CancellationToken cancellationToken = default) =>
        _store.UpdatePeerAsync(peer, expected: null, edit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, PeerVersion expected, Action<IPeerEdit> edit, CancellationToken cancellationToken = default) =>
        _store.UpdatePeerAsync(peer, expected, edit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        _store.RemovePeerAsync(peer, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> SweepAsync(CancellationToken cancellationToken = default) =>
        _store.SweepAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _store.Engine.Dispose();
        return ValueTask.CompletedTask;
    }
}
