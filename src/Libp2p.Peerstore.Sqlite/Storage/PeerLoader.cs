using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Reads a file back into an engine, once: what is alive is restored, what is damaged is set aside.</summary>
internal sealed class PeerLoader(SqliteConnection connection, PeerstoreEngine engine, KeySealer? sealer, DateTimeOffset now)
{
    private const int ProgressStep = 8192;

    private readonly EntryReader _reader = new();
    private readonly EntryBuffer _opened = new();
    private readonly List<PeerId> _changed = [];
    private readonly List<byte[]> _dead = [];
    private readonly List<(byte[] Id, string Reason)> _damaged = [];
    private readonly List<(byte[] Id, string Reason, byte[] WithoutKey)> _keyless = [];

    /// <summary>How many were damaged, or had a private key that was: they stand in the table <c>damaged</c> now, with the reason.</summary>
    public int Damaged => _damaged.Count + _keyless.Count;

    /// <summary>
    /// Which are no longer as they stand in the file: a connection ended with its process, and begins no second time when
    /// the file is opened; a private key that an older version stored in clear is sealed.
    /// </summary>
    public IReadOnlyList<PeerId> Changed => _changed;

    /// <summary>The bytes of the rows that stay.</summary>
    public long RowBytes { get; private set; }

    /// <summary>Loads every peer.</summary>
    /// <param name="progress">Told how far it has come; null for nobody, which saves counting.</param>
    /// <param name="cancellationToken">Cancels; the engine is of no use then.</param>
    public void Load(IProgress<OpeningProgress>? progress, CancellationToken cancellationToken)
    {
        // A process that is gone was connected until it was last seen; not longer, whatever a clock says.
        var alive = MetaTable.ReadAlive(connection);
        var connectedUntil = alive < now ? alive.Value : now;
        var total = progress is null ? 0 : Count();
        using (var rows = new Statement(connection, "SELECT id, entry FROM peer"))
        {
            for (var read = 1L; rows.Read(); read++)
            {
                RowBytes += Take(rows.Blob(0), rows.Blob(1), connectedUntil);
                if (read % ProgressStep == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(new(read, total));
                }
            }
        }

        if (_dead.Count + Damaged > 0)
        {
            SetAside();
        }

        progress?.Report(new(total, total));
    }

    /// <summary>Takes a row, and tells how long it is from now on; 0 where it does not stay.</summary>
    private int Take(ReadOnlySpan<byte> id, ReadOnlySpan<byte> entry, DateTimeOffset connectedUntil)
    {
        if (!PeerId.TryDecode(id, out var peer))
        {
            _damaged.Add((id.ToArray(), "the key is not a peer ID"));
            return 0;
        }

        if (!SealedEntry.Has(entry, EntrySection.SealedPrivateKey))
        {
            return Take(peer, entry, connectedUntil, isSealed: false) ? id.Length + entry.Length : 0;
        }

        if (sealer is null && SealedEntry.IsWholeAndSealed(peer, entry))
        {
            throw FileKeys.Lost(connection.DataSource);
        }

        if (!SealedEntry.TryOpen(peer, entry, sealer, _opened, out var reason))
        {
            return TakeWithoutKey(peer, entry, connectedUntil, reason);
        }

        var isTaken = Take(peer, _opened.Written, connectedUntil, isSealed: true);
        CryptographicOperations.ZeroMemory(_opened.Written);
        return isTaken ? id.Length + entry.Length : 0;
    }

    /// <summary>Takes what is whole of an entry whose private key cannot be opened: the key alone is of no use.</summary>
    private int TakeWithoutKey(in PeerId peer, ReadOnlySpan<byte> entry, DateTimeOffset connectedUntil, string reason)
    {
        var (dead, damaged) = (_dead.Count, _damaged.Count);
        if (SealedEntry.TryLeaveOut(peer, entry, _opened, out _) && Take(peer, _opened.Written, connectedUntil, isSealed: true))
        {
            _keyless.Add((peer.ToArray(), reason, _opened.Written.ToArray()));
            return peer.Bytes.Length + _opened.Length;
        }

        _dead.RemoveRange(dead, _dead.Count - dead);
        _damaged.RemoveRange(damaged, _damaged.Count - damaged);
        _damaged.Add((peer.ToArray(), reason));
        return 0;
    }

    private bool Take(in PeerId peer, ReadOnlySpan<byte> entry, DateTimeOffset connectedUntil, bool isSealed)
    {
        if (!_reader.TryRead(peer, entry, out var stored, out var damage))
        {
            _damaged.Add((peer.ToArray(), damage));
            return false;
        }

        if (!engine.Restore(peer, stored, connectedUntil))
        {
            _dead.Add(peer.ToArray());
            return false;
        }

        if (HasClearKey(stored, isSealed) || stored.WasConnected)
        {
            _changed.Add(peer);
        }

        return true;
    }

    private bool HasClearKey(in StoredPeer stored, bool isSealed)
    {
        if (isSealed || !SectionDirectory.TryFind(stored.Sections, EntrySection.PrivateKey, out _))
        {
            return false;
        }

        return sealer is not null
            ? true
            : throw new PeerstoreException(
                PeerstoreError.KeyProtection,
                $"The peerstore {connection.DataSource} holds private keys in clear, as an older version stored them: {nameof(SqlitePeerstoreOptions)}.{nameof(SqlitePeerstoreOptions.PrivateKeys)} has to say how they are protected.");
    }

    private long Count()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM peer";
        return (long)command.ExecuteScalar()!;
    }

    private void SetAside()
    {
        using var transaction = connection.BeginTransaction();
        using var copy = connection.CreateCommand();
        copy.CommandText =
            "INSERT INTO damaged (id, entry, reason, found) SELECT id, entry, $reason, $found FROM peer WHERE id = $id";
        var (copyId, reason) = (copy.Parameters.Add("$id", SqliteType.Blob), copy.Parameters.Add("$reason", SqliteType.Text));
        copy.Parameters.AddWithValue("$found", MetaTable.ToText(now));
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM peer WHERE id = $id";
        var deleteId = delete.Parameters.Add("$id", SqliteType.Blob);
        foreach (var entry in _damaged.Concat(_keyless.Select(static entry => (entry.Id, entry.Reason))))
        {
            (copyId.Value, reason.Value) = (entry.Id, entry.Reason);
            copy.ExecuteNonQuery();
        }

        using (var update = new Statement(connection, "UPDATE peer SET entry = ?2 WHERE id = ?1"))
        {
            foreach (var entry in _keyless)
            {
                update.Bind(1, entry.Id).Bind(2, entry.WithoutKey).Run();
            }
        }

        foreach (var id in _dead.Concat(_damaged.Select(static entry => entry.Id)))
        {
            deleteId.Value = id;
            delete.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
