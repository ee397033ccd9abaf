using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Commands;

/// <summary>Opens the file of a peerstore for a command.</summary>
internal static class StoreFile
{
    /// <summary>How the command keeps peers: a newer record replaces the former one's addresses.</summary>
    public static readonly PeerstoreOptions Options = new() { NewerRecord = NewerRecordRule.ReplaceFormer };

    /// <summary>Opens a file.</summary>
    /// <param name="location">The file, what unlocks it, and how large it may become.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    /// <param name="host">The process; told where a part of the file is damaged.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="PeerstoreException">It cannot be opened; the message is a sentence.</exception>
    /// <exception cref="CliException">A passphrase is needed, and none was given.</exception>
    public static async Task<SqlitePeerstore> OpenAsync(
        StoreLocation location, bool create, CliHost host, CancellationToken cancellationToken)
    {
        var options = new SqlitePeerstoreOptions
        {
            Store = Options,
            CreateIfMissing = create,
            MaxFileBytes = location.MaxFileBytes,
            SalvageDamagedFile = location.IsStoredTo,
        };
        var store = await OpenAsync(location, options, host.Time, cancellationToken);
        if (store.SalvagedAtOpening is { } salvage)
        {
            host.Error.WriteLine($"{location.Path} was damaged and is made anew of {salvage.Peers} peers that could be read; what it was is {salvage.DamagedFile}.");
        }

        if (store.DamagedAtOpening > 0)
        {
            host.Error.WriteLine($"What was stored of {store.DamagedAtOpening} peers is damaged and was set aside.");
        }

        return store;
    }

    /// <summary>Says what a command needs that is to unlock or to store private keys.</summary>
    /// <param name="path">The file.</param>
    public static CliException NeedsPassphrase(string path) => new(
        $"The private keys in {path} need a passphrase: give it with --passphrase-file FILE, or in the variable {CliHost.PassphraseVariable}.");

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

    private static async Task<SqlitePeerstore> OpenAsync(
        StoreLocation location, SqlitePeerstoreOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (location.Passphrase is null || !location.TakesPrivateKeys)
        {
            try
            {
                return await SqlitePeerstore.OpenAsync(location.Path, options, time, cancellationToken);
            }
            catch (PeerstoreException e) when (e.Error == PeerstoreError.KeyProtection)
            {
                // Only now a passphrase is of use: see StoreLocation.TakesPrivateKeys.
            }
        }

        using var protection = PrivateKeyProtection.FromPassphrase(location.Passphrase ?? throw NeedsPassphrase(location.Path));
        return await SqlitePeerstore.OpenAsync(
            location.Path, options with { PrivateKeys = protection }, time, cancellationToken);
    }
}
