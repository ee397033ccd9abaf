using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Reads a file whole, and counts. Used once.</summary>
internal sealed class FileInspection(string path)
{
    private readonly List<string> _findings = [];
    private readonly EntryReader _reader = new();
    private readonly EntryBuffer _unsealed = new();
    private long _peers;
    private long _damaged;
    private long _addresses;
    private long _records;
    private long _privateKeys;
    private bool _isSealed;
    private long _entryBytes;
    private long _setAside;

    /// <summary>What is to be said of a file that cannot be read at all.</summary>
    public PeerstoreCheck Fail(string reason)
    {
        Note(reason);
        return Result(version: 0);
    }

    public PeerstoreCheck Run(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var version = (int)SqliteFile.ReadNumber(connection, "PRAGMA user_version");
        Attempt(() => CheckPages(connection));
        Attempt(() => SchemaInspection.Run(connection, version, Note));
        cancellationToken.ThrowIfCancellationRequested();
        Attempt(() => CheckPeers(connection, cancellationToken));
        Attempt(() => CheckParameters(connection));
        Attempt(() => _setAside = SqliteFile.ReadNumber(connection, "SELECT count(*) FROM damaged"));
        return Result(version);
    }

    /// <summary>Checks what SQLite does not where there are views (<see cref="FileSoundness"/>), in a file without a log.</summary>
    public void CheckFreePages(CancellationToken cancellationToken)
    {
        if (!ReadingConnection.IsWhole(path))
        {
            return;
        }

        using var pages = new DatabasePages(path, FileIdentity.PageSize(FileIdentity.ReadHeader(path)));
        if (!new DatabaseRows(pages, static (_, _) => true, cancellationToken).AreFreePagesSound())
        {
            Note("the list of free pages is damaged");
        }
    }

    private PeerstoreCheck Result(int version) =>
        new()
        {
            Findings = _findings,
            SchemaVersion = version,
            Peers = _peers,
            DamagedPeers = _damaged,
            SetAside = _setAside,
            Addresses = _addresses,
            Records = _records,
            PrivateKeys = _privateKeys,
            EntryBytes = _entryBytes,
            FileBytes = new FileInfo(path).Length,
        };

    private static string Name(byte[] id, in PeerId peer, bool isPeer) =>
        isPeer ? $"peer {peer}" : $"the row of the key {Convert.ToHexString(id)}";

    /// <summary>What SQLite cannot read is a finding; the next part may still be read.</summary>
    private void Attempt(Action part)
    {
        try
        {
            part();
        }
        catch (SqliteException e)
        {
            Note(e.Message);
        }
    }

    private void Note(string finding)
    {
        if (_findings.Count < PeerstoreCheck.MaxFindings)
        {
            _findings.Add(finding);
        }
    }

    private void CheckPages(SqliteConnection connection)
    {
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        check.CommandTimeout = 0;
        using var rows = check.ExecuteReader();
        while (rows.Read())
        {
            var finding = rows.GetString(0);
            if (!string.Equals(finding, "ok", StringComparison.Ordinal))
            {
                Note(finding.ReplaceLineEndings(" "));
            }
        }
    }

    private void CheckPeers(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT id, entry FROM peer";
        select.CommandTimeout = 0;
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.GetValue(0) is byte[] id && rows.GetValue(1) is byte[] entry)
            {
                CheckPeer(id, entry);
            }
            else
            {
                _damaged++;
                Note("a row of peer has a value of a type that does not belong there");
            }
        }
    }

    private void CheckParameters(SqliteConnection connection)
    {
        if (_isSealed && FileKeys.AreParametersMissing(connection))
        {
            Note("the parameters of the private keys are lost");
        }
    }

    private void CheckPeer(byte[] id, byte[] entry)
    {
        _entryBytes += entry.Length;
        var isPeer = PeerId.TryDecode(id, out var peer);
        string? damage = null;
        var isSealed = isPeer && SealedEntry.Has(entry, EntrySection.SealedPrivateKey);
        if (isPeer && (!isSealed || SealedEntry.TryLeaveOut(peer, entry, _unsealed, out damage))
            && _reader.TryRead(peer, isSealed ? _unsealed.Written : entry, out var stored, out damage))
        {
            Count(stored.Sections);
            _privateKeys += isSealed ? 1 : 0;
            _isSealed |= isSealed;
            return;
        }

        _damaged++;
        Note($"{Name(id, peer, isPeer)}: {damage ?? "the key is not a peer ID"}");
    }

    private void Count(ReadOnlySpan<byte> sections)
    {
        _peers++;
        var directory = SectionDirectory.Read(sections);
        _records += directory.Has(EntrySection.Record) ? 1 : 0;
        _privateKeys += directory.Has(EntrySection.PrivateKey) ? 1 : 0;
        var (start, length) = directory[EntrySection.Addresses];
        var addresses = new AddressReader(sections.Slice(start, length));
        while (addresses.MoveNext())
        {
            _addresses++;
        }
    }
}
