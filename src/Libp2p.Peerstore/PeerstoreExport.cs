namespace Libp2p.Peerstore;

/// <summary>Writes all peers of a store to a stream, for <see cref="PeerstoreImport"/> to read into another.</summary>
/// <remarks>
/// The format is described in <c>docs/formats/export.md</c>. It does not depend on the kind of store, and says of each address
/// when it ends, so that lifetimes go on. It is not encrypted.
/// </remarks>
public static class PeerstoreExport
{
    /// <summary>Writes all peers.</summary>
    /// <remarks>
    /// The store can be used meanwhile. Each peer is written as it is at one instant, a peer that comes or goes while the export
    /// runs may be in it or not: for all peers at one instant, export a backup. Memory does not grow with the store.
    /// </remarks>
    /// <param name="store">A <see cref="MemoryPeerstore"/> or a SQLite store.</param>
    /// <param name="stream">Where to. It is flushed, and left open.</param>
    /// <param name="options">What is written; the defaults where none are given.</param>
    /// <param name="cancellationToken">Stops it. What was written has no end mark then, and is recognised as cut off.</param>
    /// <returns>How much was written.</returns>
    /// <exception cref="ArgumentException"><paramref name="store"/> is of another kind, or the stream cannot be written.</exception>
    public static ValueTask<PeerstoreExportReport> WriteAsync(
        IPeerstore store, Stream stream, PeerstoreExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        var engine = IEngineOwner.Of(store, nameof(store));
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written to.", nameof(stream));
        }

        return new ExportRun(engine, stream, options ?? new()).WriteAsync(cancellationToken);
    }
}
