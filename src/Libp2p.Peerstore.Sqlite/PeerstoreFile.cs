namespace Libp2p.Peerstore.Sqlite;

/// <summary>What can be done with the file of a peerstore as a whole.</summary>
/// <remarks>
/// Thread-safe. Each operation runs on a thread of the pool. Except for <see cref="BackupAsync"/>, they hold the file as a
/// store does that has it open: a store that is open refuses them, and they refuse a store.
/// </remarks>
public static class PeerstoreFile
{
    /// <summary>Copies a peerstore to another file, also while a store has it open, in this process or in another.</summary>
    /// <remarks>
    /// The copy has what is in the file: of a store that is open, what it has written. <see cref="SqlitePeerstore.BackupAsync"/>
    /// writes everything first.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="target">The new file; there is none of that name yet. It gets its name when it is whole and on the disk.</param>
    /// <param name="cancellationToken">Stops it; nothing is left then.</param>
    /// <exception cref="PeerstoreException">
    /// <paramref name="path"/> is not a peerstore or damaged as a whole, there is a file at <paramref name="target"/>, or it
    /// cannot be written.
    /// </exception>
    public static async ValueTask BackupAsync(string path, string target, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(target);
        await Task.Run(() => Backup(SqliteFile.Resolve(path), SqliteFile.Resolve(target), cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Reads a file whole and says what is wrong with it. The file is not changed.</summary>
    /// <param name="path">The file. No store has it open: of one that is, check a backup.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found; a damaged file is an answer, not an error.</returns>
    /// <exception cref="PeerstoreException">The file cannot be opened, is not a peerstore, is of a newer version, or in use.</exception>
    public static async ValueTask<PeerstoreCheck> CheckAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return await Task.Run(() => Check(SqliteFile.Resolve(path), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static void Backup(string path, string target, CancellationToken cancellationToken)
    {
        FileCopy.RefuseExisting(target);
        RefuseMissing(path);
        using var connection = ReadingConnection.Open(path);
        FileCopy.Write(connection, target, replace: false, cancellationToken);
    }

    private static PeerstoreCheck Check(string path, CancellationToken cancellationToken)
    {
        SqliteFile.Ensure(path, createIfMissing: false);
        using var held = FileLock.Take(path);
        using var connection = ReadingConnection.OpenClosed(path);
        return new FileInspection(path).Run(connection, cancellationToken);
    }

    private static void RefuseMissing(string path)
    {
        if (!File.Exists(path))
        {
            throw new PeerstoreException(PeerstoreError.CannotOpen, $"There is no peerstore at {path}.");
        }
    }
}
