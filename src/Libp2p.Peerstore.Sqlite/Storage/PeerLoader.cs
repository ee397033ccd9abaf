using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Reads a file back into an engine: what is alive is restored, what is damaged is set aside.</summary>
internal static class PeerLoader
{
    /// <summary>Loads every peer.</summary>
    /// <returns>
    /// How many were damaged (they stand in the table <c>damaged</c> now, with the reason), and which are no longer as
    /// they stand in the file: a connection ended with its process, and begins no second time when the file is opened.
    /// </returns>
    public static (int Damaged, List<PeerId> Changed) Load(
        SqliteConnection connection, PeerstoreEngine engine, DateTimeOffset now)
    {
        var changed = new List<PeerId>();
        var dead = new List<byte[]>();
        var damaged = new List<(byte[] Id, string Reason)>();
        using (var select = connection.CreateCommand())
        {
            select.CommandText = "SELECT id, entry FROM peer";
            using var rows = select.ExecuteReader();
            var reader = new EntryReader();
            while (rows.Read())
            {
                var (id, entry) = (rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(1));
                if (!PeerId.TryDecode(id, out var peer))
                {
                    damaged.Add((id, "the key is not a peer ID"));
                }
                else if (!reader.TryRead(peer, entry, out var stored, out var damage))
                {
                    damaged.Add((id, damage));
                }
                else if (!engine.Restore(peer, stored, now))
                {
                    dead.Add(id);
                }
                else if (stored.WasConnected)
                {
                    changed.Add(peer);
                }
            }
        }

        if (dead.Count + damaged.Count > 0)
        {
            SetAside(connection, dead, damaged, now);
        }

        return (damaged.Count, changed);
    }

    private static void SetAside(
        SqliteConnection connection, List<byte[]> dead, List<(byte[] Id, string Reason)> damaged, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction();
        using var copy = connection.CreateCommand();
        copy.CommandText =
            "INSERT INTO damaged (id, entry, reason, found) SELECT id, entry, $reason, $found FROM peer WHERE id = $id";
        var (copyId, reason) = (copy.Parameters.Add("$id", SqliteType.Blob), copy.Parameters.Add("$reason", SqliteType.Text));
        copy.Parameters.AddWithValue("$found", now.ToString("O", CultureInfo.InvariantCulture));
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM peer WHERE id = $id";
        var deleteId = delete.Parameters.Add("$id", SqliteType.Blob);
        foreach (var entry in damaged)
        {
            (copyId.Value, reason.Value) = (entry.Id, entry.Reason);
            copy.ExecuteNonQuery();
        }

        foreach (var id in dead.Concat(damaged.Select(static entry => entry.Id)))
        {
            deleteId.Value = id;
            delete.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
