namespace Libp2p.Peerstore.Tests;

/// <summary>A store in memory whose engine can be looked into.</summary>
internal sealed class EnginePeerstore(PeerstoreEngine engine) : IPeerstore
{
    private readonly EngineStore _store = new(engine);

    public PeerstoreEngine Engine { get; } = engine;

    public IAddressBook Addresses => _store.Addresses;

    public IKeyBook Keys => _store.Keys;

    public IProtocolBook Protocols => _store.Protocols;

    public IMetadataBook Metadata => _store.Metadata;

    public IMetricsBook Metrics => _store.Metrics;

    public ValueTask<AddressInfo> GetInfoAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        _store.GetInfoAsync(peer, cancellationToken);

    public ValueTask<IReadOnlyList<AddressInfo>> GetInfoAsync(
        IReadOnlyList<PeerId> peers, CancellationToken cancellationToken = default) =>
        _store.GetInfoAsync(peers, cancellationToken);

    public IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default) =>
        _store.GetPeersAsync(cancellationToken);

    public ValueTask<PeerSnapshot> GetSnapshotAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        _store.GetSnapshotAsync(peer, cancellationToken);

    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, Action<IPeerEdit> edit, CancellationToken cancellationToken = default) =>
        _store.UpdatePeerAsync(peer, expected: null, edit, cancellationToken);

    public ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, PeerVersion expected, Action<IPeerEdit> edit, CancellationToken cancellationToken = default) =>
        _store.UpdatePeerAsync(peer, expected, edit, cancellationToken);

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default) =>
        _store.RemovePeerAsync(peer, cancellationToken);

    public ValueTask DisposeAsync()
    {
        Engine.Dispose();
        return ValueTask.CompletedTask;
    }
}
