using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>A durable store on a disk that fails on demand, with a clock that stands still.</summary>
internal sealed class FaultyStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqlitePeerstoreOptions _options;
    private bool _isDisposed;

    private FaultyStore(SqlitePeerstoreOptions options) => _options = options with { FileSystem = Vfs.Name };

    public FaultyVfs Vfs { get; } = FaultyVfs.Register();

    public ManualTimeProvider Clock { get; } = new();

    public SqlitePeerstore Peers { get; private set; } = null!;

    public string Path => _folder.Peers();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FaultyStore> OpenAsync(SqlitePeerstoreOptions? options = null)
    {
        var store = new FaultyStore(options ?? new());
        await store.ReopenAsync();
        return store;
    }

    public async Task ReopenAsync()
    {
        if (Peers is not null)
        {
            await Peers.DisposeAsync();
        }

        Peers = await SqlitePeerstore.OpenAsync(Path, _options, Clock, Token);
    }

    /// <summary>Whether the file says so by itself, without the store.</summary>
    public bool IsInFile(PeerId peer)
    {
        using var connection = _folder.Connect();
        return connection.Count($"SELECT count(*) FROM peer WHERE id = x'{Convert.ToHexString(peer.Bytes)}'") == 1;
    }

    public ValueTask<AddressChanges> AddAsync(PeerId peer) => Peers.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Vfs.Plan.Heal();
            try
            {
                await Peers.DisposeAsync();
            }
            finally
            {
                Vfs.Dispose();
                _folder.Dispose();
            }
        }
    }
}
