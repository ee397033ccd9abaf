using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Writes peers as they are in the engine now, many in one transaction. Used by one thread at a time.</summary>
/// <remarks>
/// In a file that is full, who finds no room is <see cref="Unfit"/>, and the others are written: among them may be those that
/// make room.
/// </remarks>
internal sealed class PeerBatch : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly PeerstoreEngine _engine;
    private readonly FileRoom _room;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _upsert;
    private readonly Statement _delete;
    private readonly Statement _setMeta;
    private readonly EntryBuffer _buffer = new();
    private readonly EntryBuffer _sealed = new();

    public PeerBatch(SqliteConnection connection, PeerstoreEngine engine, FileRoom room, KeySealer? sealer)
    {
        (_connection, _engine, _room, Sealer) = (connection, engine, room, sealer);
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

    /// <summary>Who found no room in the file, and is not written as it is. Whoever deals with them takes them away.</summary>
    public List<PeerId> Unfit { get; } = [];

    /// <summary>Seals private keys in another way from now on, those in the file as well.</summary>
    public void ChangeSealer(KeySealer next)
    {
        var former = Sealer;
        FileKeys.Change(_connection, former, next);
        Sealer = next;
        former?.Dispose();
    }

    /// <summary>Writes as many as one transaction takes, all of these or none.</summary>
    /// <param name="peers">The peers. They are sorted, for neighbours share pages.</param>
    /// <param name="alive">The time, where it is to be noted, with the last of them.</param>
    /// <returns>How many of the sorted ones it was, those that found no room included.</returns>
    public int Write(Span<PeerId> peers, DateTimeOffset? alive)
    {
        peers.Sort();
        var (done, unfit, isCommitted) = (0, Unfit.Count, false);
        Begin();
        try
        {
            for (var bytes = 0L; done < peers.Length && bytes <= _room.BytesPerTransaction; done++)
            {
                bytes += Write(peers[done]);
            }

            TryUnfitAgain(unfit);
            if (alive is { } time && done == peers.Length)
            {
                _setMeta.Bind(1, MetaTable.Alive).Bind(2, MetaTable.ToAlive(time)).Run();
            }

            Commit();
            isCommitted = true;
            return done;
        }
        finally
        {
            if (!isCommitted)
            {
                RollBack();
                Unfit.RemoveRange(unfit, Unfit.Count - unfit);
            }
        }
    }

    /// <summary>Writes a peer in a transaction of its own, whatever is reckoned of the room: when it is written, SQLite says what it took.</summary>
    /// <returns>Whether it was no more than there is.</returns>
    public bool TryWriteAlone(in PeerId peer)
    {
        var isCommitted = false;
        Begin();
        try
        {
            // Before the commit nothing goes to the disk, so that it is not the disk that is full here.
            if (!TryWriteRegardless(peer))
            {
                return false;
            }

            Commit();
            return isCommitted = true;
        }
        finally
        {
            if (!isCommitted)
            {
                RollBack();
            }
        }
    }

    public void Dispose()
    {
        Sealer?.Dispose();
        _room.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _upsert.Dispose();
        _delete.Dispose();
        _setMeta.Dispose();
    }

    private void Begin()
    {
        _begin.Run();
        _room.Begin();
    }

    private void Commit()
    {
        _commit.Run();
        _room.Commit();
    }

    private bool TryWriteRegardless(in PeerId peer)
    {
        _room.GivesRegardless = true;
        try
        {
            return Write(peer) == 0 || !_room.IsOverdrawn;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_FULL)
        {
            return false;
        }
        finally
        {
            _room.GivesRegardless = false;
        }
    }

    /// <summary>Writes a peer, or notes that there is no room for it.</summary>
    /// <returns>The bytes of its entry.</returns>
    private int Write(in PeerId peer)
    {
        if (!_engine.TryEncode(peer, _buffer))
        {
            _room.GiveBack(peer);
            _delete.Bind(1, peer.Bytes).Run();
            return 0;
        }

        var entry = Seal(peer);
        if (_room.TryTake(peer, entry.Length))
        {
            _upsert.Bind(1, peer.Bytes).Bind(2, entry).Run();
        }
        else
        {
            Unfit.Add(peer);
        }

        return entry.Length;
    }

    /// <summary>Those that came behind them may have left some room.</summary>
    private void TryUnfitAgain(int first)
    {
        if (Unfit.Count > first)
        {
            var again = Unfit[first..];
            Unfit.RemoveRange(first, again.Count);
            foreach (var peer in again)
            {
                Write(peer);
            }
        }
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

        _room.RollBack();
    }
}
