using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>The database file: how it is made, opened and recognised. Its content is described in <c>docs/formats/sqlite.md</c>.</summary>
internal static class SqliteFile
{
    /// <summary>"Lp2p" in ASCII: what tells a peerstore from another application's database.</summary>
    public const int ApplicationId = 0x4C703270;

    /// <summary>The version of the schema, SQLite's <c>user_version</c>.</summary>
    public const int SchemaVersion = 1;

    private const int SqliteNotADatabase = 26;
    private const int SqliteCorrupt = 11;

    private const string Schema = """
        CREATE TABLE peer (
            id    BLOB NOT NULL PRIMARY KEY,
            entry BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE damaged (
            id     BLOB NOT NULL,
            entry  BLOB NOT NULL,
            reason TEXT NOT NULL,
            found  TEXT NOT NULL
        );
        """;

    /// <summary>Opens the one connection that reads and writes the file.</summary>
    public static SqliteConnection Open(string path)
    {
        try
        {
            var connection = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
            }.ToString());
            try
            {
                connection.Open();
                Recognise(connection, path);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteNotADatabase)
        {
            throw new PeerstoreException(PeerstoreError.WrongFile, $"{path} is not a peerstore: it is not a SQLite database.", e);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteCorrupt)
        {
            throw new PeerstoreException(PeerstoreError.Damaged, $"The peerstore {path} is damaged: {e.Message}", e);
        }
        catch (SqliteException e)
        {
            throw CannotOpen(path, e);
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text that arrives here is a constant of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Makes sure that there is a file to lock and to open.</summary>
    public static void Ensure(string path, bool createIfMissing)
    {
        if (Directory.Exists(path))
        {
            throw new PeerstoreException(PeerstoreError.CannotOpen, $"{path} is a folder, not a peerstore.");
        }

        if (File.Exists(path))
        {
            return;
        }

        if (!createIfMissing)
        {
            throw new PeerstoreException(PeerstoreError.CannotOpen, $"There is no peerstore at {path}.");
        }

        // The file may hold private keys: it belongs to its user alone. SQLite gives its side files the same mode.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var created = new FileStream(path, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(path, e);
        }
    }

    public static PeerstoreException CannotOpen(string path, Exception cause) => new(
        PeerstoreError.CannotOpen, $"The peerstore {path} cannot be opened: {cause.Message}", cause);

    private static void Recognise(SqliteConnection connection, string path)
    {
        Execute(connection, "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA busy_timeout = 0;");
        var (application, version) = (ReadNumber(connection, "PRAGMA application_id"), ReadNumber(connection, "PRAGMA user_version"));
        var isNew = application == 0 && version == 0 && ReadNumber(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && application != ApplicationId)
        {
            throw new PeerstoreException(
                PeerstoreError.WrongFile, $"{path} is not a peerstore: it is a SQLite database of another application.");
        }

        if (version > SchemaVersion)
        {
            throw new PeerstoreException(
                PeerstoreError.WrongFile,
                $"The peerstore {path} was written by a newer version of this program (schema {version}, known up to {SchemaVersion}).");
        }

        // A commit is on the disk when it returns; a checkpoint is made by this connection only.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        if (isNew)
        {
            Execute(connection, string.Create(
                CultureInfo.InvariantCulture,
                $"BEGIN IMMEDIATE; {Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion}; COMMIT;"));
        }
    }

    private static long ReadNumber(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text that arrives here is a constant of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
