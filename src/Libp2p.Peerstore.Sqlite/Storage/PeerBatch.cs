using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Writes peers as they are in the engine now, many in one transaction. Used by one thread at a time.</summary>
internal sealed class PeerBatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PeerstoreEngine _engine;
    private readonly SqliteCommand _upsert;
    private readonly SqliteCommand _delete;
    private readonly SqliteParameter _upsertId;
    private readonly SqliteParameter _entry;
    private readonly SqliteParameter _deleteId;
    private readonly EntryBuffer _buffer = new();

    public PeerBatch(SqliteConnection connection, PeerstoreEngine engine)
    {
        (_connection, _engine) = (connection, engine);
        _upsert = connection.CreateCommand();
        _upsert.CommandText =
            "INSERT INTO peer (id, entry) VALUES ($id, $entry) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry";
        _upsertId = _upsert.Parameters.Add("$id", SqliteType.Blob);
        _entry = _upsert.Parameters.Add("$entry", SqliteType.Blob);
        _delete = connection.CreateCommand();
        _delete.CommandText = "DELETE FROM peer WHERE id = $id";
        _deleteId = _delete.Parameters.Add("$id", SqliteType.Blob);
    }

    public void Write(IEnumerable<PeerId> peers)
    {
        using var transaction = _connection.BeginTransaction();
        (_upsert.Transaction, _delete.Transaction) = (transaction, transaction);
        foreach (var peer in peers)
        {
            if (_engine.TryEncode(peer, _buffer))
            {
                (_upsertId.Value, _entry.Value) = (peer.ToArray(), _buffer.Written.ToArray());
                _upsert.ExecuteNonQuery();
            }
            else
            {
                _deleteId.Value = peer.ToArray();
                _delete.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _upsert.Dispose();
        _delete.Dispose();
    }
}
