using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Copies what a database holds at one instant into a new file.</summary>
/// <remarks>
/// <c>VACUUM INTO</c>, and not the backup of SQLite's that goes from page to page: that one begins anew each time the store
/// writes, which a busy store does all the time. This is one long reading transaction, and in WAL mode a reader and the
/// writer do not meet. The price is that no checkpoint can begin the log anew while it lasts: the log grows by what is
/// written meanwhile. The copy has no free pages, and <c>application_id</c> and <c>user_version</c> like the original.
/// What a damaged page no longer leads to would be missing in a copy that looks sound: so the pages are checked before.
/// </remarks>
internal static class FileCopy
{
    private const int SqliteReadOnly = 8;
    private const int SqliteInterrupt = 9;
    private const int SqliteInputOutput = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <summary>Refuses a name that is taken.</summary>
    public static void RefuseExisting(string target)
    {
        if (Path.Exists(target))
        {
            throw new PeerstoreException(PeerstoreError.CannotWrite, $"{target} is there already.");
        }
    }

    /// <summary>Copies, and gives the copy its name when it is on the disk.</summary>
    /// <param name="source">A connection that reads.</param>
    /// <param name="target">The name, without links in it.</param>
    /// <param name="replace">Whether a file of that name is replaced.</param>
    /// <param name="cancellationToken">Stops the copying; nothing is left then.</param>
    /// <exception cref="PeerstoreException">It cannot be read, is damaged as a whole, or the copy cannot be written.</exception>
    public static void Write(SqliteConnection source, string target, bool replace, CancellationToken cancellationToken)
    {
        try
        {
            using var copy = new NewFile(target);
            Fill(source, copy.Path, cancellationToken);
            if (replace)
            {
                EmptyLogOf(target);
            }

            copy.Publish(replace);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteInterrupt)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (SqliteException e)
        {
            throw ToError(source.DataSource, target, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(target, e);
        }
    }

    /// <summary>Says what SQLite could not do, reading one file and writing the same or another one.</summary>
    public static PeerstoreException ToError(string source, string target, SqliteException cause) =>
        cause.SqliteErrorCode is SqliteReadOnly or SqliteInputOutput or SqliteFull or SqliteCannotOpen
            ? CannotWrite(target, cause)
            : SqliteFile.ToError(source, cause);

    private static PeerstoreException CannotWrite(string target, Exception cause) =>
        new(PeerstoreError.CannotWrite, $"{target} cannot be written: {cause.Message}", cause);

    private static void Fill(SqliteConnection source, string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = cancellationToken.Register(
            static state => raw.sqlite3_interrupt(((SqliteConnection)state!).Handle), source);
        if (FileSoundness.FindReading(source) is { } finding)
        {
            throw FileIdentity.Damaged(source.DataSource, finding);
        }

        using var vacuum = source.CreateCommand();
        vacuum.CommandText = "VACUUM INTO $path";
        vacuum.CommandTimeout = 0;
        vacuum.Parameters.AddWithValue("$path", path);
        vacuum.ExecuteNonQuery();
    }

    /// <summary>Leaves nothing beside a file that SQLite would take for a log of the one that replaces it.</summary>
    private static void EmptyLogOf(string path)
    {
        if (!File.Exists(path + "-wal") && !File.Exists(path + "-journal"))
        {
            return;
        }

        try
        {
            // Until it is replaced, the file is whole: should the power fail now, it still has all it had.
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString());
            connection.Open();
            SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase)
        {
            // It is being replaced for a reason, and its log can be of no use to it.
        }

        foreach (var side in (string[])["-wal", "-shm", "-journal"])
        {
            File.Delete(path + side);
        }

        if (!OperatingSystem.IsWindows())
        {
            UnixFile.SyncFolderOf(path);
        }
    }
}
