using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Brings a file that is larger than it may be under its maximum, before anything is written to it.</summary>
internal static class OversizedFile
{
    /// <summary>Evicts the least valuable peers where that may be, and writes the file anew without what they leave.</summary>
    /// <remarks>It needs room for the file once more. Whenever the process ends, the file is one before or after a step.</remarks>
    /// <param name="connection">The one that writes.</param>
    /// <param name="engine">All that is in the file.</param>
    /// <param name="maxBytes">The maximum.</param>
    /// <param name="rowBytes">The bytes of its rows.</param>
    /// <returns>The bytes of the rows that are left. The file may still be too large: of peers that are never evicted.</returns>
    public static long Shrink(SqliteConnection connection, PeerstoreEngine engine, long maxBytes, long rowBytes)
    {
        var pageBytes = SqliteFile.ReadNumber(connection, "PRAGMA page_size");
        if (SqliteFile.ReadNumber(connection, "PRAGMA page_count") * pageBytes <= maxBytes)
        {
            return rowBytes;
        }

        if (engine.Options.WhenFull == FullPolicy.EvictLeastValuable)
        {
            rowBytes = Evict(connection, engine, new FileCap(maxBytes, pageBytes).UsualBytes, rowBytes);
        }

        SqliteFile.Execute(connection, "VACUUM");
        SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        return rowBytes;
    }

    private static long Evict(SqliteConnection connection, PeerstoreEngine engine, long most, long rowBytes)
    {
        using var length = new Statement(connection, "SELECT length(id) + length(entry) FROM peer WHERE id = ?1");
        using var delete = new Statement(connection, "DELETE FROM peer WHERE id = ?1");
        while (rowBytes > most)
        {
            var number = Math.Min((engine.PeerCount / 64) + 1, RoundWriter.PeersPerTransaction);
            var victims = engine.GiveUpPeers(number, nameof(SqlitePeerstoreOptions.MaxFileBytes));
            if (victims.Count == 0)
            {
                break;
            }

            using var transaction = connection.BeginTransaction();
            foreach (var victim in victims)
            {
                rowBytes -= length.Bind(1, victim.Bytes).ReadNumber();
                delete.Bind(1, victim.Bytes).Run();
            }

            transaction.Commit();
        }

        return rowBytes;
    }
}
