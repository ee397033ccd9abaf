using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Copies what a database holds at one instant into a new file.</summary>
/// <remarks>
/// <c>VACUUM INTO</c>, and not the backup of SQLite's that goes from page to page: that one begins anew each time the store
/// writes, which a busy store does all the time. This is one long reading transaction, and in WAL mode a reader and the
/// writer do not meet. The price is that no checkpoint can begin the log anew while it lasts: the log grows by what is
/// written meanwhile. The copy has no free pages, and <c>application_id</c> and <c>user_version</c> like the original.
/// </remarks>
internal static class FileCopy
{
    private const int SqliteReadOnly = 8;
    private const int SqliteInterrupt = 9;
    private const int SqliteInputOutput = 10;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;

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
    /// <exception cref="PeerstoreException">It cannot be read, or not be written.</exception>
    public static void Write(SqliteConnection source, string target, bool replace, CancellationToken cancellationToken)
    {
        try
        {
            using var copy = new NewFile(target);
            Fill(source, copy.Path, cancellationToken);
            copy.Publish(replace);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SqliteInterrupt)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is not
            (SqliteReadOnly or SqliteInputOutput or SqliteFull or SqliteCannotOpen))
        {
            throw SqliteFile.ToError(source.DataSource, e);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new PeerstoreException(PeerstoreError.CannotWrite, $"{target} cannot be written: {e.Message}", e);
        }
    }

    private static void Fill(SqliteConnection source, string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = cancellationToken.Register(
            static state => raw.sqlite3_interrupt(((SqliteConnection)state!).Handle), source);
        using var vacuum = source.CreateCommand();
        vacuum.CommandText = "VACUUM INTO $path";
        vacuum.CommandTimeout = 0;
        vacuum.Parameters.AddWithValue("$path", path);
        vacuum.ExecuteNonQuery();
    }
}
