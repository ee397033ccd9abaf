using Microsoft.Data.Sqlite;

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

    /// <summary>Reads a file whole, its schema included, and says what is wrong with it. The file is not changed.</summary>
    /// <param name="path">The file. No store has it open: of one that is, check a backup.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found; a damaged file is an answer, not an error.</returns>
    /// <exception cref="PeerstoreException">The file cannot be opened, is not a peerstore, is of a newer version, or in use.</exception>
    public static async ValueTask<PeerstoreCheck> CheckAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return await Task.Run(() => Check(SqliteFile.Resolve(path), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a peerstore of a backup, after reading it whole.</summary>
    /// <remarks>
    /// The file gets its name when all of it is on the disk: a crash leaves what was there before, or all of the backup.
    /// Lifetimes are absolute: what has ended since the backup was made is gone when the file is opened.
    /// </remarks>
    /// <param name="backup">The backup, or any file of a peerstore that no store has open. It is not changed.</param>
    /// <param name="path">The file to make.</param>
    /// <param name="overwrite">Whether a peerstore that is there is replaced, be it damaged or not. Another file never is, nor one of a newer version,
    /// nor one that is so damaged that nothing says what it was.</param>
    /// <param name="cancellationToken">Stops it; everything is as it was then.</param>
    /// <returns>What is in the backup.</returns>
    /// <exception cref="PeerstoreException">
    /// The backup is damaged, or is not a peerstore, or in use; or the file is there already, is not a peerstore, is in use, or
    /// cannot be written.
    /// </exception>
    public static async ValueTask<PeerstoreCheck> RestoreAsync(
        string backup, string path, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(backup);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var (from, to) = (SqliteFile.Resolve(backup), SqliteFile.Resolve(path));
        return await Task.Run(() => Restore(from, to, overwrite, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops what has ended and gives the room back to the file system.</summary>
    /// <remarks>
    /// Safe against crashes: the file is the one before or the one after. It needs room for the file twice more, in its own
    /// folder and in the one for temporary files. What is damaged stays; what is connected stays so for the store that opens
    /// the file next.
    /// </remarks>
    /// <param name="path">The file. No store has it open.</param>
    /// <param name="timeProvider">What tells the time; the system's clock where none is given.</param>
    /// <param name="cancellationToken">Stops it between two steps. What was dropped by then stays dropped.</param>
    /// <exception cref="PeerstoreException">
    /// The file cannot be opened or written, is not a peerstore, is of a newer version, damaged as a whole, or in use.
    /// </exception>
    public static async ValueTask<PeerstoreCompaction> CompactAsync(
        string path, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var now = (timeProvider ?? TimeProvider.System).GetUtcNow();
        return await Task.Run(() => Compact(SqliteFile.Resolve(path), now, fileSystem: null, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
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
        using var held = FileLock.Take(path, createIfMissing: false);
        return Inspect(path, cancellationToken);
    }

    private static PeerstoreCheck Inspect(string path, CancellationToken cancellationToken)
    {
        var inspection = new FileInspection(path);
        if (FileIdentity.FindDamage(FileIdentity.ReadHeader(path)) is { } damage)
        {
            return inspection.Fail(damage);
        }

        try
        {
            inspection.CheckFreePages(cancellationToken);
            using var connection = ReadingConnection.OpenClosed(path);
            return inspection.Run(connection, cancellationToken);
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.Damaged)
        {
            return inspection.Fail(e.InnerException?.Message ?? e.Message);
        }
    }

    private static PeerstoreCheck Restore(string backup, string path, bool overwrite, CancellationToken cancellationToken)
    {
        RefuseNames(backup, path);
        using var heldBackup = FileLock.Take(backup, createIfMissing: false);
        using var held = FileLock.Take(path, file => RefuseTarget(file, overwrite));
        using var connection = ReadingConnection.OpenClosed(backup);
        var check = new FileInspection(backup).Run(connection, cancellationToken);
        if (!check.IsClean)
        {
            throw new PeerstoreException(
                PeerstoreError.Damaged, $"The backup {backup} is damaged, nothing was restored: {check.Findings[0]}.");
        }

        FileCopy.Write(connection, path, overwrite, cancellationToken);
        return check;
    }

    /// <param name="path">The file, resolved.</param>
    /// <param name="now">The time.</param>
    /// <param name="fileSystem">The file system that SQLite uses; its default where none is given. For tests.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static PeerstoreCompaction Compact(
        string path, DateTimeOffset now, string? fileSystem, CancellationToken cancellationToken)
    {
        using var held = FileLock.Take(path, createIfMissing: false);
        var before = LengthWithLog(path);
        RefuseDamaged(path, FileIdentity.FindDamage(FileIdentity.ReadHeader(path)));
        try
        {
            FileCompaction compaction;
            using (var connection = SqliteFile.Open(path, fileSystem))
            {
                // Written anew the file would be sound, and what a damaged page no longer leads to gone.
                RefuseDamaged(path, FileSoundness.Find(connection));
                compaction = new(connection, now);
                compaction.Run(cancellationToken);
            }

            return new()
            {
                BytesBefore = before,
                BytesAfter = LengthWithLog(path),
                PeersDropped = compaction.PeersDropped,
                AddressesDropped = compaction.AddressesDropped,
            };
        }
        catch (SqliteException e)
        {
            throw FileCopy.ToError(path, path, e);
        }
    }

    private static long LengthWithLog(string path)
    {
        var log = new FileInfo(path + "-wal");
        return new FileInfo(path).Length + (log.Exists ? log.Length : 0);
    }

    private static void RefuseNames(string backup, string path)
    {
        if (string.Equals(backup, path, StringComparison.Ordinal))
        {
            throw new PeerstoreException(PeerstoreError.CannotWrite, $"{path} is the backup itself.");
        }
    }

    private static void RefuseTarget(string path, bool overwrite)
    {
        if (!overwrite)
        {
            FileCopy.RefuseExisting(path);
        }
        else if (Path.Exists(path))
        {
            SqliteFile.Ensure(path, createIfMissing: true);
            if (new FileInfo(path).Length > 0 && !FileIdentity.IsBeingMade(path))
            {
                FileProof.Require(path);
            }
        }
    }

    private static void RefuseDamaged(string path, string? finding)
    {
        if (finding is not null)
        {
            throw FileIdentity.Damaged(path, finding);
        }
    }

    private static void RefuseMissing(string path)
    {
        if (!File.Exists(path))
        {
            throw new PeerstoreException(PeerstoreError.CannotOpen, $"There is no peerstore at {path}.");
        }
    }
}
