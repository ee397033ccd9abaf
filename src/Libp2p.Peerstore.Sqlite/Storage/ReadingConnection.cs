using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Opens connections that read a peerstore and cannot write: neither rows nor, when they close, a checkpoint.</summary>
internal static class ReadingConnection
{
    /// <summary>Opens one to a file that a store, here or elsewhere, may have open.</summary>
    /// <remarks>
    /// A file that is open is never opened and closed by other means than SQLite's: closing any descriptor of a file ends
    /// the locks that the process has on it.
    /// </remarks>
    /// <exception cref="PeerstoreException">It cannot be opened, or is not a peerstore that this program knows.</exception>
    public static SqliteConnection Open(string path)
    {
        try
        {
            return Connect(path, path);
        }
        catch (SqliteException e)
        {
            // What SQLite cannot open is looked at, unless a store here has it open.
            using var claim = FileClaim.TryTake(path);
            throw claim is null && e.SqliteErrorCode is raw.SQLITE_NOTADB
                ? FileIdentity.Damaged(path, e.Message, e)
                : SqliteFile.ToError(path, e);
        }
    }

    /// <summary>Opens one to a file that nobody has open; where no log stands beside it, nothing will.</summary>
    /// <inheritdoc cref="Open"/>
    public static SqliteConnection OpenClosed(string path)
    {
        try
        {
            // Without a log of what is not yet in the file, the file is all there is. SQLite, told so, makes no side files.
            return Connect(path, IsWhole(path) ? new Uri(path).AbsoluteUri + "?immutable=1" : path);
        }
        catch (SqliteException e)
        {
            throw SqliteFile.ToError(path, e);
        }
    }

    /// <summary>Whether nothing stands beside a closed file that belongs to it.</summary>
    public static bool IsWhole(string path) =>
        !File.Exists(path + "-journal") && (!File.Exists(path + "-wal") || new FileInfo(path + "-wal").Length == 0);

    private static SqliteConnection Connect(string path, string source)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            SqliteFile.Execute(connection, "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0;");
            _ = FileIdentity.Recognise(connection, path, mayBeEmpty: false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
