using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Conformance;

/// <summary>A store in a file of its own, which is deleted with the store.</summary>
internal sealed class TemporarySqliteStore : IPeerstore, ISweepable
{
    private readonly SqlitePeerstore _store;
    private readonly string _folder;

    private TemporarySqliteStore(SqlitePeerstore store, string folder) => (_store, _folder) = (store, folder);

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

    /// <summary>Makes an empty store in a new folder of the system's for temporary files.</summary>
    public static async ValueTask<IPeerstore> OpenAsync(TimeProvider clock, PeerstoreOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("peerstore-conformance-").FullName;
        try
        {
            var file = Path.Combine(folder, "peers.db");
            var inClear = new SqlitePeerstoreOptions { Store = options, PrivateKeys = PrivateKeyProtection.StoreInClear };
            return new TemporarySqliteStore(await SqlitePeerstore.OpenAsync(file, inClear, clock), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

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
        _store.UpdatePeerAsync(peer, edit, cancellationToken);

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
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _store.DisposeAsync();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
