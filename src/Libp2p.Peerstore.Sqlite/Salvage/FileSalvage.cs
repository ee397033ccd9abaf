using System.Text;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Makes a new file of what can be read of a damaged one, which is kept under another name. Used once.</summary>
/// <remarks>
/// A row is taken where it is whole, wherever it stands: the checksum of an entry covers the peer's ID, so that a page that
/// was led to by a wrong way, or by none, cannot make one peer's entry another's. A row that a tree leads to and whose
/// checksum is wrong is set aside in the table <c>damaged</c>, like one that is found when a sound file is loaded. The new file
/// gets its name when it is whole and on the disk: a crash before that leaves the damaged one in place, and the next opening
/// begins anew.
/// </remarks>
internal sealed class FileSalvage : IDisposable
{
    private const string NotWhole = "the checksum of the entry is wrong";

    private readonly SqliteConnection _copy;
    private readonly string _now;
    private readonly Statement _insertPeer;
    private readonly Statement _insertDamaged;
    private readonly Statement _insertMeta;

    private FileSalvage(SqliteConnection copy, DateTimeOffset now)
    {
        (_copy, _now) = (copy, MetaTable.ToText(now));
        _insertPeer = new(copy, "INSERT OR IGNORE INTO peer (id, entry) VALUES (?1, ?2)");
        _insertDamaged = new(copy, "INSERT INTO damaged (id, entry, reason, found) VALUES (?1, ?2, ?3, ?4)");
        _insertMeta = new(copy, "INSERT OR IGNORE INTO meta (name, value) VALUES (?1, ?2)");
    }

    private long Peers => SqliteFile.ReadNumber(_copy, "SELECT count(*) FROM peer");

    private int Damaged { get; set; }

    private bool MayIncludeRemoved { get; set; }

    /// <summary>Does it all.</summary>
    /// <param name="path">The file. This process holds its lock, and nobody has it open.</param>
    /// <param name="reason">What is wrong with it, as a sentence without a full stop.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops it; nothing is changed then.</param>
    /// <exception cref="PeerstoreException">
    /// The new file cannot be written, or the private keys in it not be decrypted by anybody; nothing was changed, unless it was the
    /// last step that failed, by which the log may have come into the database.
    /// </exception>
    public static PeerstoreSalvage Run(string path, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new NewFile(path);
            var (peers, damaged, mayIncludeRemoved) = Fill(file.Path, path, now, cancellationToken);
            var keptAs = FreeName(path);

            // SQLite would take it for one of the new file.
            LogPages.Keep(path, keptAs + "-wal");
            if (File.Exists(path + "-journal"))
            {
                // SQLite would roll it back into the new file.
                File.Move(path + "-journal", keptAs + "-journal");
            }

            file.PublishKeeping(keptAs);
            return new()
            {
                Reason = reason,
                DamagedFile = keptAs,
                Peers = peers,
                DamagedPeers = damaged,
                MayIncludeRemoved = mayIncludeRemoved,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new PeerstoreException(
                PeerstoreError.Damaged, $"The peerstore {path} is damaged, and no other file can be made of it: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _insertPeer.Dispose();
        _insertDamaged.Dispose();
        _insertMeta.Dispose();
    }

    private static (long Peers, int Damaged, bool MayIncludeRemoved) Fill(
        string copy, string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = copy,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        connection.Open();

        // Nothing has to come through a crash before the file has its name. Synced is it then.
        SqliteFile.Execute(connection, "PRAGMA trusted_schema = OFF; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;");
        SqliteSchema.Upgrade(connection, version: 0);
        using var salvage = new FileSalvage(connection, now);
        using var transaction = connection.BeginTransaction();
        salvage.ReadAll(path, cancellationToken);
        if (FileKeys.AreLost(connection))
        {
            throw FileKeys.Lost(path);
        }

        transaction.Commit();
        return (salvage.Peers, salvage.Damaged, salvage.MayIncludeRemoved);
    }

    private static string FreeName(string path) =>
        Enumerable.Range(1, int.MaxValue).Select(number => $"{path}.damaged-{number}").First(static name => !Path.Exists(name) && !Path.Exists(name + "-wal"));

    private void ReadAll(string path, CancellationToken cancellationToken)
    {
        using var log = LogPages.Open(path);
        var usual = new[] { FileIdentity.PageSize(FileIdentity.ReadHeader(path)), FileIdentity.UsualPageSize };
        foreach (var size in log is null ? usual.Distinct() : [log.Size])
        {
            using var pages = new DatabasePages(path, size, log);
            var rows = new DatabaseRows(pages, Take, cancellationToken);
            rows.Read();
            MayIncludeRemoved |= rows.MayIncludeRemoved;
            if (FileKeys.AreLost(_copy) && ParameterSearch.Find(pages, cancellationToken) is { } parameters)
            {
                TakeMeta(MetaTable.PrivateKeys, parameters);
            }

            if (Peers > 0)
            {
                return;
            }
        }
    }

    /// <summary>Takes what is worth it, and tells whether a checksum says that it is whole.</summary>
    private bool Take(List<RecordColumn> row, bool isInTree)
    {
        if (row is [{ IsBlob: true } id, { IsBlob: true } entry])
        {
            return TakePeer(id.Bytes.Span, entry.Bytes.Span, isInTree);
        }

        if (row is [{ IsText: true } name, { IsBlob: true } or { IsText: true }])
        {
            return TakeMeta(Encoding.UTF8.GetString(name.Bytes.Span), row[1].Bytes.Span);
        }

        if (isInTree && row is [{ IsBlob: true }, { IsBlob: true }, { IsText: true }, { IsText: true }])
        {
            SetAside(row[0].Bytes.Span, row[1].Bytes.Span, row[2].Bytes.Span, row[3].Bytes.Span);
        }

        return false;
    }

    private bool TakePeer(ReadOnlySpan<byte> id, ReadOnlySpan<byte> entry, bool isInTree)
    {
        if (PeerId.TryDecode(id, out var peer) && EntryFormat.IsWhole(peer, entry))
        {
            _insertPeer.Bind(1, id).Bind(2, entry).Run();
            return true;
        }

        if (isInTree)
        {
            Damaged++;
            SetAside(id, entry, Encoding.UTF8.GetBytes(NotWhole), Encoding.UTF8.GetBytes(_now));
        }

        return false;
    }

    private bool TakeMeta(string name, ReadOnlySpan<byte> value)
    {
        if (!MetaTable.IsGood(name, value))
        {
            return false;
        }

        _insertMeta.Bind(1, name);
        _ = name is MetaTable.Alive ? _insertMeta.Bind(2, Encoding.UTF8.GetString(value)) : _insertMeta.Bind(2, value);
        _insertMeta.Run();
        return true;
    }

    private void SetAside(ReadOnlySpan<byte> id, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> reason, ReadOnlySpan<byte> found) =>
        _insertDamaged.Bind(1, id).Bind(2, entry)
            .Bind(3, Encoding.UTF8.GetString(reason)).Bind(4, Encoding.UTF8.GetString(found)).Run();
}
