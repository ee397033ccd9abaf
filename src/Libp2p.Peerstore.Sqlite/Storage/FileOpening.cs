using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Opens the file of a store so that what is opened is sound; what is not is salvaged first, where that is wanted.</summary>
internal static class FileOpening
{
    private const int SqliteError = 1;
    private const int SqliteCorrupt = 11;
    private const int SqliteNotADatabase = 26;

    /// <summary>Opens the one connection that reads and writes.</summary>
    /// <param name="path">The file. This process holds its lock.</param>
    /// <param name="options">Which file system, and whether to salvage.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops a salvage; nothing is changed then.</param>
    /// <exception cref="PeerstoreException">It is not a peerstore, or damaged and not to be salvaged.</exception>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static (SqliteConnection Connection, PeerstoreSalvage? Salvage) Open(
        string path, SqlitePeerstoreOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var damage = TryOpen(path, options, out var connection);
        if (damage is null)
        {
            return (connection!, null);
        }

        FileProof.Require(path);
        if (!options.SalvageDamagedFile)
        {
            throw damage;
        }

        var salvage = FileSalvage.Run(path, damage.InnerException?.Message ?? damage.Message, now, cancellationToken);
        damage = TryOpen(path, options, out connection);
        return damage is null ? (connection!, salvage) : throw damage;
    }

    private static PeerstoreException? TryOpen(string path, SqlitePeerstoreOptions options, out SqliteConnection? connection)
    {
        connection = null;
        SqliteConnection? opened = null;
        try
        {
            if (FileIdentity.FindDamage(FileIdentity.ReadHeader(path)) is { } header)
            {
                return FileIdentity.Damaged(path, header);
            }

            opened = SqliteFile.Open(path, options.FileSystem);
            if (FileSoundness.Find(opened) is { } finding)
            {
                return FileIdentity.Damaged(path, finding);
            }

            FileSoundness.Mend(opened);
            (connection, opened) = (opened, null);
            return null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SqliteError or SqliteCorrupt or SqliteNotADatabase)
        {
            return SqliteFile.ToError(path, e) is { Error: PeerstoreError.Damaged } damage ? damage : throw SqliteFile.ToError(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteFile.CannotOpen(path, e);
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.Damaged)
        {
            return e;
        }
        finally
        {
            opened?.Dispose();
        }
    }
}
