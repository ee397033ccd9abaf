using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Commands;

/// <summary>The file that an import stores in: opened, or made, when the input has proved to be an export. Not thread-safe.</summary>
/// <param name="location">The file, and what unlocks it.</param>
/// <param name="host">The process.</param>
internal sealed class ImportFile(StoreLocation location, CliHost host) : IAsyncDisposable
{
    private SqlitePeerstore? _store;

    /// <summary>The file, and what unlocks it.</summary>
    public StoreLocation Location { get; } = location;

    /// <summary>Whether there was a reason to open it.</summary>
    public bool IsOpen => _store is not null;

    /// <summary>Opens it.</summary>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public async ValueTask<IPeerstore> OpenAsync(CancellationToken cancellationToken) =>
        _store = await StoreFile.OpenAsync(Location, create: true, host, cancellationToken);

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
