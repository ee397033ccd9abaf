using Microsoft.Data.Sqlite;

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
    public static SqliteConnection Open(string path) => Connect(path, path);

    /// <summary>Opens one to a file that nobody has open; where no log stands beside it, nothing will.</summary>
    /// <inheritdoc cref="Open"/>
    public static SqliteConnection OpenClosed(string path)
    {
        // Without a log of what is not yet in the file, the file is all there is. SQLite, told so, makes no side files.
        return Connect(path, IsWhole(path) ? new Uri(path).AbsoluteUri + "?immutable=1" : path);
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
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteFile.ToError(path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
