using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Drops what has ended from a file that no store has open, and gives the room back. Used once.</summary>
/// <remarks>
/// Peers come and go a thousand at a time, in one transaction each, so that a file of any size is compacted in little memory.
/// Then SQLite writes the file anew through its log: whenever the process ends, the file is the one before or the one after.
/// What cannot be read is left for the store that opens the file.
/// </remarks>
internal sealed class FileCompaction(SqliteConnection connection, DateTimeOffset now)
{
    private const int Chunk = 1000;

    private readonly EntryReader _reader = new();
    private readonly EntryBuffer _rest = new();
    private readonly EntryTrimmer _trimmer = new();
    private readonly List<(byte[] Id, byte[] Entry)> _changed = [];

    public long PeersDropped { get; private set; }

    public long AddressesDropped { get; private set; }

    public void Run(CancellationToken cancellationToken)
    {
        // Every key is greater than this one, or is none.
        for (byte[]? last = []; last is not null; last = Trim(last))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        SqliteFile.Execute(connection, "VACUUM");
        SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <summary>Trims the next peers, and tells the last of them; null where there were no more.</summary>
    private byte[]? Trim(byte[] after)
    {
        _changed.Clear();
        using var transaction = connection.BeginTransaction();
        var last = Read(after);
        if (_changed.Count > 0)
        {
            Write(transaction);
        }

        transaction.Commit();
        return last;
    }

    private byte[]? Read(byte[] after)
    {
        using var select = connection.CreateCommand();
        select.CommandText =
            "SELECT id, entry FROM peer WHERE id > $after AND typeof(entry) = 'blob' ORDER BY id LIMIT $chunk";
        select.Parameters.AddWithValue("$after", after);
        select.Parameters.AddWithValue("$chunk", Chunk);
        using var rows = select.ExecuteReader();
        byte[]? last = null;
        while (rows.Read())
        {
            last = rows.GetFieldValue<byte[]>(0);
            Trim(last, rows.GetFieldValue<byte[]>(1));
        }

        return last;
    }

    private void Trim(byte[] id, byte[] entry)
    {
        var isSealed = SealedEntry.Has(entry, EntrySection.SealedPrivateKey);
        if (!PeerId.TryDecode(id, out var peer)
            || (isSealed && !SealedEntry.TryLeaveOut(peer, entry, _rest, out _))
            || !_reader.TryRead(peer, isSealed ? _rest.Written : entry, out var stored, out _))
        {
            return;
        }

        // A sealed key stays as it is: nobody needs to open it here.
        var dropped = _trimmer.Trim(peer, stored, now.UtcTicks);
        var isGone = _trimmer.Output.Length == 0 && !isSealed;
        if (dropped > 0 || isGone)
        {
            AddressesDropped += dropped;
            PeersDropped += isGone ? 1 : 0;
            var trimmed = _trimmer.Output.Written;
            _changed.Add((id, isSealed ? SealedEntry.PutBack(peer, entry, trimmed, _rest) : trimmed.ToArray()));
        }
    }

    private void Write(SqliteTransaction transaction)
    {
        using var update = connection.CreateCommand();
        update.Transaction = transaction;
        update.CommandText = "UPDATE peer SET entry = $entry WHERE id = $id";
        var (updatedId, updated) = (update.Parameters.Add("$id", SqliteType.Blob), update.Parameters.Add("$entry", SqliteType.Blob));
        using var delete = connection.CreateCommand();
        delete.Transaction = transaction;
        delete.CommandText = "DELETE FROM peer WHERE id = $id";
        var deleted = delete.Parameters.Add("$id", SqliteType.Blob);
        foreach (var (id, entry) in _changed)
        {
            if (entry.Length == 0)
            {
                deleted.Value = id;
                delete.ExecuteNonQuery();
            }
            else
            {
                (updatedId.Value, updated.Value) = (id, entry);
                update.ExecuteNonQuery();
            }
        }
    }
}
