using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Writes peers as they are in the engine now, many in one transaction. Used by one thread at a time.</summary>
internal sealed class PeerBatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PeerstoreEngine _engine;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _upsert;
    private readonly Statement _delete;
    private readonly Statement _setMeta;
    private readonly EntryBuffer _buffer = new();
    private readonly EntryBuffer _sealed = new();

    public PeerBatch(SqliteConnection connection, PeerstoreEngine engine, KeySealer? sealer)
    {
        (_connection, _engine, Sealer) = (connection, engine, sealer);
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _upsert = new(
            connection,
            "INSERT INTO peer (id, entry) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry");
        _delete = new(connection, "DELETE FROM peer WHERE id = ?1");
        _setMeta = MetaTable.PrepareSet(connection);
    }

    /// <summary>What seals private keys; null while there are none.</summary>
    public KeySealer? Sealer { get; private set; }

    /// <summary>Seals private keys in another way from now on, those in the file as well.</summary>
    public void ChangeSealer(KeySealer next)
    {
        var former = Sealer;
        FileKeys.Change(_connection, former, next);
        Sealer = next;
        former?.Dispose();
    }

    /// <summary>Writes all of them, or none.</summary>
    /// <param name="peers">The peers. They are sorted, for neighbours share pages.</param>
    /// <param name="alive">The time, where it is to be noted.</param>
    public void Write(Span<PeerId> peers, DateTimeOffset? alive)
    {
        peers.Sort();
        _begin.Run();
        try
        {
            foreach (ref readonly var peer in peers)
            {
                if (_engine.TryEncode(peer, _buffer))
                {
                    _upsert.Bind(1, peer.Bytes).Bind(2, Seal(peer)).Run();
                }
                else
                {
                    _delete.Bind(1, peer.Bytes).Run();
                }
            }

            if (alive is { } time)
            {
                _setMeta.Bind(1, MetaTable.Alive).Bind(2, MetaTable.ToText(time)).Run();
            }

            _commit.Run();
        }
        finally
        {
            RollBack();
        }
    }

    public void Dispose()
    {
        Sealer?.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _upsert.Dispose();
        _delete.Dispose();
        _setMeta.Dispose();
    }

    private ReadOnlySpan<byte> Seal(in PeerId peer)
    {
        if (!SealedEntry.TrySeal(peer, _buffer.Written, Sealer, _sealed))
        {
            return _buffer.Written;
        }

        CryptographicOperations.ZeroMemory(_buffer.Written);
        return _sealed.Written;
    }

    /// <summary>Leaves no transaction behind, without an error of its own: SQLite has rolled back some by itself.</summary>
    private void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _ = raw.sqlite3_exec(_connection.Handle, "ROLLBACK");
        }
    }
}
