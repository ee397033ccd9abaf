using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Scorecard.Data;

/// <summary>A store to be measured, with its file in a directory of its own where it has one.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    /// <summary>More than any measurement needs: what is measured is the store, not its limits.</summary>
    private const int NoLimit = 1_000_000_000;

    private readonly DirectoryInfo? _directory;

    private OpenStore(IPeerstore store, DirectoryInfo? directory) => (Store, _directory) = (store, directory);

    /// <summary>The options of every store that is measured.</summary>
    public static PeerstoreOptions Options { get; } = new()
    {
        MaxPeers = NoLimit,
        MaxAddresses = NoLimit,
        MaxSignedRecords = NoLimit,
    };

    /// <summary>The store.</summary>
    public IPeerstore Store { get; }

    /// <summary>Opens an empty one.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="time">Its clock; the system's where none is given.</param>
    public static async ValueTask<OpenStore> OpenAsync(StoreKind kind, TimeProvider? time = null)
    {
        if (kind == StoreKind.Memory)
        {
            return new(MemoryPeerstore.Create(Options, time), directory: null);
        }

        var directory = Directory.CreateTempSubdirectory("peerstore-scorecard-");
        var path = Path.Combine(directory.FullName, "peers.db");
        return new(await SqlitePeerstore.OpenAsync(path, new() { Store = Options }, time), directory);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _directory?.Delete(recursive: true);
    }
}
