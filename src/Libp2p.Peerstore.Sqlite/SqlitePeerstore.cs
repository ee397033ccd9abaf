using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>A peerstore that answers from memory and keeps everything in a SQLite file.</summary>
/// <remarks>
/// <para>
/// Thread-safe. Questions are answered at once, from memory. Changes are written behind, a tenth of a second later, or
/// before a call completes: <see cref="SqlitePeerstoreOptions.Durability"/>. When the disk falls behind by more than
/// <see cref="SqlitePeerstoreOptions.MaxDirtyPeers"/>, changes wait for it, and fail while it cannot be written.
/// </para>
/// <para>
/// One process at a time has the file open. Lifetimes are absolute and go on while it is closed; an address that was
/// connected counts as recently connected from when the process was last alive. Private keys are sealed, or refused:
/// <see cref="SqlitePeerstoreOptions.PrivateKeys"/>. A file that this makes is readable for its user alone.
/// </para>
/// </remarks>
public sealed partial class SqlitePeerstore : IPeerstore, ISweepable, IEngineOwner
{
    private readonly EngineStore _store;
    private readonly FileLock _lock;
    private readonly SqliteConnection _connection;
    private readonly PeerWriter _writer;
    private readonly Lazy<Task> _closing;

    private SqlitePeerstore(EngineStore store, FileLock fileLock, SqliteConnection connection, PeerWriter writer)
    {
        (_store, _lock, _connection, _writer) = (store, fileLock, connection, writer);
        _closing = new(CloseAsync);
    }

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

    /// <summary>
    /// How many peers' entries were damaged when the file was opened. They were set aside in the table
    /// <c>damaged</c> of the file, each with the reason. Of one whose private key alone cannot be decrypted, the rest was kept.
    /// </summary>
    public int DamagedAtOpening { get; private init; }

    /// <summary>
    /// What was made of the file when it was opened, if it was damaged as a whole; else null.
    /// <see cref="DamagedAtOpening"/> has its damaged peers, too.
    /// </summary>
    public PeerstoreSalvage? SalvagedAtOpening { get; private init; }

    /// <summary>
    /// Why the last attempt to write failed, or null if it did not. What could not be written is kept, and tried again.
    /// </summary>
    public PeerstoreException? WriteFailure => _writer.Failure;

    /// <summary>How many peers changed and are not written yet.</summary>
    public int DirtyPeers => _writer.DirtyCount;

    /// <summary>What answers. For tests and tools that count what is held.</summary>
    internal PeerstoreEngine Engine => _store.Engine;

    PeerstoreEngine IEngineOwner.Engine => _store.Engine;

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file. Two more stand beside it while it is open, and one that locks it.</param>
    /// <param name="options">Limits and rules; the defaults where none are given.</param>
    /// <param name="timeProvider">What tells the time; the system's clock where none is given.</param>
    /// <param name="cancellationToken">Cancels between peers.</param>
    /// <exception cref="PeerstoreException">
    /// The file cannot be opened, is not a peerstore, is of a newer version, or in use; or it is damaged as a whole, and is
    /// not to be salvaged or cannot be. The message is one sentence for the user.
    /// </exception>
    public static async ValueTask<SqlitePeerstore> OpenAsync(
        string path,
        SqlitePeerstoreOptions? options = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        timeProvider ??= TimeProvider.System;
        return await Task.Run(() => Open(path, options, timeProvider, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes when all that was stored before this call is in the file.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="PeerstoreException">It could not be written. It is kept, and tried again.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Protects the private keys in another way: with a new passphrase, say. All of them are sealed anew in one transaction;
    /// the file is read once. Copies that were made of it before are still unlocked by what unlocked it then.
    /// </summary>
    /// <param name="protection">What protects them from now on, those that are added later as well.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    /// <exception cref="PeerstoreException">
    /// It could not be written, or a key not be decrypted; nothing was changed. Where the disk failed and the process is killed
    /// before it writes again or closes the file, the change may be found in the file all the same: try both.
    /// </exception>
    public async ValueTask ChangePrivateKeyProtectionAsync(
        PrivateKeyProtection protection, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(protection);
        await Task.Run(() => _writer.ChangeProtection(protection), cancellationToken).ConfigureAwait(false);
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
        _store.UpdatePeerAsync(peer, expected: null, edit, cancellationToken);

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

    /// <summary>Writes what is left and closes the file; a second call waits for the first, and ends as it does.</summary>
    /// <exception cref="PeerstoreException">Something could not be written, and is lost.</exception>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        _store.Engine.Close();
        try
        {
            await _writer.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _store.Engine.Dispose();
            await _connection.DisposeAsync().ConfigureAwait(false);
            _lock.Dispose();
        }
    }

    private static SqlitePeerstore Open(
        string path, SqlitePeerstoreOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        path = SqliteFile.Resolve(path);
        var fileLock = FileLock.Take(path, options.CreateIfMissing);
        SqliteConnection? connection = null;
        PeerstoreSalvage? salvage;
        KeySealer? sealer = null;
        var engine = new PeerstoreEngine(options.Store, time);
        try
        {
            (connection, salvage) = FileOpening.Open(path, options, time.GetUtcNow(), cancellationToken);
            sealer = FileKeys.Open(connection, path, options.PrivateKeys);
            if (sealer is not null)
            {
                // What a key was sealed with before, or stood in clear, is overwritten.
                SqliteFile.Execute(connection, "PRAGMA secure_delete = ON");
            }

            var loader = new PeerLoader(connection, engine, sealer, time.GetUtcNow());
            loader.Load(options.Progress, cancellationToken);
            var rowBytes = OversizedFile.Shrink(connection, engine, options.MaxFileBytes, loader.RowBytes);
            var room = new FileRoom(connection, options.MaxFileBytes, rowBytes, options.LogPages);
            var batch = new PeerBatch(connection, engine, room, sealer);
            var full = new FullFile(batch, room, engine);
            full.MakeRoom();
            var writer = new PeerWriter(batch, full, path, options, time);
            engine.Journal = writer;
            foreach (var peer in loader.Changed)
            {
                writer.OnChanged(peer, isOnlyRenewed: false);
            }

            return new(new EngineStore(engine), fileLock, connection, writer)
            {
                DamagedAtOpening = loader.Damaged + (salvage?.DamagedPeers ?? 0),
                SalvagedAtOpening = salvage,
            };
        }
        catch (Exception e)
        {
            engine.Dispose();
            sealer?.Dispose();
            connection?.Dispose();
            fileLock.Dispose();
            if (e is SqliteException cause)
            {
                throw SqliteFile.ToError(path, cause);
            }

            throw;
        }
    }
}
