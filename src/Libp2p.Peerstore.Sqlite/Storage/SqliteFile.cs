using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>The database file: how it is made, opened and recognised. Its content is described in <c>docs/formats/sqlite.md</c>.</summary>
internal static class SqliteFile
{
    private const int SqliteNotADatabase = 26;
    private const int SqliteCorrupt = 11;
    private const int SqliteError = 1;

    /// <summary>Opens the one connection that reads and writes the file.</summary>
    public static SqliteConnection Open(string path, string? fileSystem)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            Vfs = fileSystem ?? "",
            // In seconds. Nobody else writes to the file; who holds it all the same is not waited for.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            Prepare(connection, path);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Says what SQLite found wrong with the file as one sentence.</summary>
    public static PeerstoreException ToError(string path, SqliteException cause) => cause.SqliteErrorCode switch
    {
        SqliteNotADatabase when !FileIdentity.HasApplicationId(FileIdentity.ReadHeader(path)) =>
            NotAPeerstore(path, "it is not a SQLite database", cause),
        SqliteNotADatabase or SqliteCorrupt or SqliteError => FileIdentity.Damaged(path, cause.Message, cause),
        _ => CannotOpen(path, cause),
    };

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text that arrives here is a constant of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>The one name of a file: two spellings or links must not mean two locks.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || OperatingSystem.IsWindows())
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }

        return UnixFile.RealPath(full) ?? Path.Combine(UnixFile.RealPath(folder) ?? folder, Path.GetFileName(full));
    }

    /// <summary>
    /// Makes sure that there is a file that may be a peerstore, before anything is locked or written beside it.
    /// </summary>
    public static void Ensure(string path, bool createIfMissing)
    {
        if (Directory.Exists(path))
        {
            throw new PeerstoreException(PeerstoreError.CannotOpen, $"{path} is a folder, not a peerstore.");
        }

        try
        {
            if (!File.Exists(path))
            {
                Create(path, createIfMissing);
            }
            else
            {
                CheckHeader(path, createIfMissing);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotOpen(path, e);
        }
    }

    private static void Create(string path, bool createIfMissing)
    {
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

        using var created = new FileStream(path, options);
    }

    private static void CheckHeader(string path, bool emptyIsFine)
    {
        var header = FileIdentity.ReadHeader(path);
        if (header.Length == 0 && !emptyIsFine)
        {
            throw NotAPeerstore(path, "it is empty");
        }

        if (header.Length > 0 && !FileIdentity.MayBeOurs(header) && !FileIdentity.IsBeingMade(path))
        {
            throw NotAPeerstore(path, "it is not a SQLite database");
        }
    }

    public static PeerstoreException NotAPeerstore(string path, string reason, Exception? cause = null) =>
        new(PeerstoreError.WrongFile, $"{path} is not a peerstore: {reason}.", cause);

    public static PeerstoreException CannotOpen(string path, Exception cause) => new(
        PeerstoreError.CannotOpen, $"The peerstore {path} cannot be opened: {cause.Message}", cause);

    private static void Prepare(SqliteConnection connection, string path)
    {
        // In milliseconds: who looks into the file with a shell may hold it for a moment.
        Execute(connection, "PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0; PRAGMA busy_timeout = 1000;");
        var version = FileIdentity.Recognise(connection, path, mayBeEmpty: true);

        // A commit is on the disk when it returns; a checkpoint is made by this connection only.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192;");
        try
        {
            SqliteSchema.Upgrade(connection, version);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT)
        {
            // The file could be read so far. A step of this program's that does not fit it is no damage to the file.
            throw CannotOpen(path, e);
        }
    }

    public static long ReadNumber(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text that arrives here is a constant of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
