namespace Libp2p.Peerstore.Sqlite;

// What is done with the file as a whole while the store is open. A connection of its own reads, so that the writer's one
// stays with its thread: in WAL mode any number of connections may read, while the writer's is still the only one that
// writes or checkpoints, since the other was opened for reading only. It sees what was committed before it began.
public sealed partial class SqlitePeerstore
{
    /// <summary>Copies the store to another file while it is being used.</summary>
    /// <remarks>
    /// The copy is a peerstore with all that was stored before this call, and perhaps some of what came later; all peers
    /// as they were at one instant. It takes about as long as writing the file anew, nobody waits for it,
    /// and the log beside the store's file grows by what is written meanwhile. It is readable for its user alone. Private
    /// keys are in it as they are in the store's file, protected or not.
    /// </remarks>
    /// <param name="path">The new file; there is none of that name yet. It gets its name when it is whole and on the disk.</param>
    /// <param name="cancellationToken">Stops it; nothing is left then.</param>
    /// <exception cref="PeerstoreException">
    /// There is a file of that name, or it cannot be written; or what was stored before could not be written either;
    /// or the store's file is damaged as a whole, which its next opening mends.
    /// </exception>
    public async ValueTask BackupAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = SqliteFile.Resolve(path);
        FileCopy.RefuseExisting(target);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        await PeerstoreFile.BackupAsync(_connection.DataSource, target, cancellationToken).ConfigureAwait(false);
    }
}
