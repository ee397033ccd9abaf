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

    /// <summary>How many were damaged: they stand in the table <c>damaged</c> now, with the reason.</summary>
    public int Damaged => _damaged.Count;

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
                var (bytes, dropped) = (rows.Blob(0).Length + rows.Blob(1).Length, _dead.Count + _damaged.Count);
                Take(rows.Blob(0), rows.Blob(1), connectedUntil);
                RowBytes += _dead.Count + _damaged.Count == dropped ? bytes : 0;
                if (read % ProgressStep == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(new(read, total));
                }
            }
        }

        if (_dead.Count + _damaged.Count > 0)
        {
            SetAside();
        }

        progress?.Report(new(total, total));
    }

    private void Take(ReadOnlySpan<byte> id, ReadOnlySpan<byte> entry, DateTimeOffset connectedUntil)
    {
        if (!PeerId.TryDecode(id, out var peer))
        {
            _damaged.Add((id.ToArray(), "the key is not a peer ID"));
            return;
        }

        var isSealed = SealedEntry.Has(entry, EntrySection.SealedPrivateKey);
        if (isSealed && !SealedEntry.TryOpen(peer, entry, sealer, _opened, out var reason))
        {
            _damaged.Add((id.ToArray(), reason));
            return;
        }

        Take(peer, isSealed ? _opened.Written : entry, connectedUntil, isSealed);
        CryptographicOperations.ZeroMemory(isSealed ? _opened.Written : default);
    }

    private void Take(in PeerId peer, ReadOnlySpan<byte> entry, DateTimeOffset connectedUntil, bool isSealed)
    {
        if (!_reader.TryRead(peer, entry, out var stored, out var damage))
        {
            _damaged.Add((peer.ToArray(), damage));
        }
        else if (!engine.Restore(peer, stored, connectedUntil))
        {
            _dead.Add(peer.ToArray());
        }
        else if (HasClearKey(stored, isSealed) || stored.WasConnected)
        {
            _changed.Add(peer);
        }
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
        foreach (var entry in _damaged)
        {
            (copyId.Value, reason.Value) = (entry.Id, entry.Reason);
            copy.ExecuteNonQuery();
        }

        foreach (var id in _dead.Concat(_damaged.Select(static entry => entry.Id)))
        {
            deleteId.Value = id;
            delete.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
