using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Commands;

/// <summary>
/// The file that an ingestion stores in. One that is there is opened at once, so that whatever is wrong with it is said
/// before anything is read; one that is not is made for the first thing to be stored, so that an input of which nothing
/// is stored leaves no file behind. Not thread-safe.
/// </summary>
internal sealed class IngestFile : IStoreSource, IAsyncDisposable
{
    private readonly StoreLocation _location;
    private readonly CliHost _host;
    private SqlitePeerstore? _store;

    private IngestFile(StoreLocation location, CliHost host) => (_location, _host) = (location, host);

    /// <summary>Opens the file where there is one.</summary>
    /// <param name="location">The file.</param>
    /// <param name="host">The process.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="PeerstoreException">It cannot be opened; the message is a sentence.</exception>
    public static async Task<IngestFile> OpenAsync(StoreLocation location, CliHost host, CancellationToken cancellationToken)
    {
        var file = new IngestFile(location, host);
        if (Path.Exists(location.Path))
        {
            file._store = await StoreFile.OpenAsync(location, create: false, host, cancellationToken);
        }

        return file;
    }

    /// <inheritdoc/>
    public async ValueTask<IPeerstore?> GetAsync(bool toStore)
    {
        if (_store is null && toStore)
        {
            _store = await StoreFile.OpenAsync(_location, create: true, _host, CancellationToken.None);
        }

        return _store;
    }

    /// <summary>Completes when all that was stored is in the file. Only then may success be reported.</summary>
    /// <exception cref="PeerstoreException">It could not be written.</exception>
    public async Task FlushAsync()
    {
        if (_store is not null)
        {
            await _store.FlushAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }
}
