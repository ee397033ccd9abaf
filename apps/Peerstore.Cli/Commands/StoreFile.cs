using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Commands;

/// <summary>Opens the file of a peerstore for a command.</summary>
internal static class StoreFile
{
    /// <summary>How the command keeps peers: a newer record replaces the former one's addresses.</summary>
    public static readonly PeerstoreOptions Options = new() { NewerRecord = NewerRecordRule.ReplaceFormer };

    /// <summary>Opens a file, however large: who looks into one must not make it smaller.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    /// <param name="host">The process; told where a part of the file is damaged.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="PeerstoreException">It cannot be opened; the message is a sentence.</exception>
    public static async Task<SqlitePeerstore> OpenAsync(
        string path, bool create, CliHost host, CancellationToken cancellationToken)
    {
        var options = new SqlitePeerstoreOptions { Store = Options, CreateIfMissing = create, MaxFileBytes = long.MaxValue };
        var store = await SqlitePeerstore.OpenAsync(path, options, host.Time, cancellationToken);
        if (store.SalvagedAtOpening is { } salvage)
        {
            host.Error.WriteLine($"{path} was damaged and is made anew of {salvage.Peers} peers that could be read; what it was is {salvage.DamagedFile}.");
        }

        if (store.DamagedAtOpening > 0)
        {
            host.Error.WriteLine($"What was stored of {store.DamagedAtOpening} peers is damaged and was set aside.");
        }

        return store;
    }

    /// <summary>Lists all peers, in the order of their bytes: the same at each call.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public static async Task<List<PeerId>> ListPeersAsync(IPeerstore store, CancellationToken cancellationToken)
    {
        var peers = new List<PeerId>();
        await foreach (var peer in store.GetPeersAsync(cancellationToken))
        {
            peers.Add(peer);
        }

        peers.Sort();
        return peers;
    }
}
