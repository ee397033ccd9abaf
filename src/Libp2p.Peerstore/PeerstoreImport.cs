namespace Libp2p.Peerstore;

/// <summary>Reads into a store what <see cref="PeerstoreExport"/> wrote.</summary>
/// <remarks>
/// <para>
/// An export may come from anybody. What is in it is checked as if it had come from the network: signatures are verified, keys
/// belong to their peers, the limits of the store hold, nothing lives longer than its whole lifetime from now on, and nothing
/// for ever unless <see cref="PeerstoreImportOptions.PermanentAddresses"/> allows it. An entry that is damaged is counted and
/// reported, and the next one read.
/// </para>
/// <para>
/// What the store knows stays, and is added to. Of an address the longer lifetime and the later end win, what has ended is
/// dropped, and at the peer's limit those stay that end last; what was connected counts as recently connected from when the
/// export was made. Of two signed records the one with the higher sequence number wins, of two with the same number the
/// export's; <see cref="PeerstoreOptions.NewerRecord"/> says what becomes of the former one's addresses, and a record that is
/// not taken brings none. Protocols are added to those known. A key, a metadata value and a latency that the store has are
/// not replaced. All of a peer changes in one step, and importing twice changes nothing, but that a
/// lifetime which is cut begins anew.
/// </para>
/// </remarks>
public static class PeerstoreImport
{
    /// <summary>Reads an export to its end mark.</summary>
    /// <param name="store">A <see cref="MemoryPeerstore"/> or a SQLite store. It can be used meanwhile.</param>
    /// <param name="stream">
    /// The export. It is read in small pieces, so that one without a buffer wants one; nothing behind the end mark is read.
    /// </param>
    /// <param name="options">What is taken; the defaults where none are given.</param>
    /// <param name="cancellationToken">Stops it between entries. What was imported by then stays.</param>
    /// <returns>What became of the entries.</returns>
    /// <exception cref="PeerstoreImportException">
    /// It is no export, is of a newer version, is cut off, or so damaged that the next entry is not found. What was imported
    /// before stays, and the exception says how much that is.
    /// </exception>
    /// <exception cref="PeerstoreException">
    /// The store cannot write, or is to take private keys and does not know how to protect them.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="store"/> is of another kind, or the stream cannot be read.</exception>
    public static ValueTask<PeerstoreImportReport> ReadAsync(
        IPeerstore store, Stream stream, PeerstoreImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        _ = IEngineOwner.Of(store, nameof(store));
        return ReadAsync(_ => new(store), stream, options, cancellationToken);
    }

    /// <summary>
    /// Does the same with a store that is asked for once the stream is known to be an export of this version: so that
    /// nothing is made for one that is not.
    /// </summary>
    /// <param name="open">Opens the store, or makes it. Whoever does disposes of it, too.</param>
    /// <param name="stream">The export.</param>
    /// <param name="options">What is taken; the defaults where none are given.</param>
    /// <param name="cancellationToken">Stops it between entries. What was imported by then stays.</param>
    /// <inheritdoc cref="ReadAsync(IPeerstore, Stream, PeerstoreImportOptions?, CancellationToken)" path="/returns|/exception"/>
    public static ValueTask<PeerstoreImportReport> ReadAsync(
        Func<CancellationToken, ValueTask<IPeerstore>> open,
        Stream stream,
        PeerstoreImportOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }

        return new ImportRun(stream, options ?? new()).ReadAsync(open, cancellationToken);
    }
}
