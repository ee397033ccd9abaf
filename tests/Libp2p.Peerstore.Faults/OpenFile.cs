namespace Libp2p.Peerstore.Faults;

/// <summary>A file that SQLite has open, or is about to touch: where its calls meet the plan and the log.</summary>
/// <remarks>Nothing here throws: there is only SQLite above it. What goes wrong is an I/O error there, and kept for the test.</remarks>
internal sealed unsafe class OpenFile(FaultyVfs owner, string? path, FileRoles role)
{
    private bool _isFolderSynced;

    public FaultyVfs Owner => owner;

    /// <summary>Null for a file that SQLite needs only while it works; there is no log of it.</summary>
    public string? Path => path;

    public Verdict Meet(FileCalls call)
    {
        try
        {
            return owner.Plan.Meet(call, role);
        }
        catch (Exception e)
        {
            owner.Break(e);
            return new(SqliteCode.IoError, TornAfter: 0);
        }
    }

    public int Record(FileChangeKind kind, long offset = 0, ReadOnlySpan<byte> content = default)
    {
        try
        {
            if (path is not null)
            {
                owner.Log.Append(new(kind, path, offset, content.ToArray()));
            }

            return SqliteCode.Ok;
        }
        catch (Exception e)
        {
            owner.Break(e);
            return SqliteCode.IoError;
        }
    }

    /// <summary>Notes a sync, which with the first one of a journal or a write-ahead log is one of the folder too.</summary>
    public int RecordSync()
    {
        var result = Record(FileChangeKind.Synced);
        if (result == SqliteCode.Ok && !_isFolderSynced && role is FileRoles.Wal or FileRoles.Journal)
        {
            _isFolderSynced = true;
            result = Record(FileChangeKind.FolderSynced);
        }

        return result;
    }

    /// <summary>Notes what was there before us. Only once: what changed since is in the log.</summary>
    public int RecordOpening(NativeFile* real, bool existed, bool isMade)
    {
        if (path is null || owner.Log.Knows(path))
        {
            return SqliteCode.Ok;
        }

        if (!existed)
        {
            return isMade ? Record(FileChangeKind.Created) : SqliteCode.Ok;
        }

        var result = ReadAll(real, out var content);
        return result == SqliteCode.Ok ? Record(FileChangeKind.Found, content: content) : result;
    }

    /// <summary>
    /// Reads by SQLite's own means: opening and closing the file here would give back all locks that this process has on it.
    /// </summary>
    private int ReadAll(NativeFile* real, out byte[] content)
    {
        content = [];
        try
        {
            long size;
            var result = real->Methods->FileSize(real, &size);
            if (result != SqliteCode.Ok || size == 0)
            {
                return result;
            }

            content = new byte[size];
            fixed (byte* buffer = content)
            {
                return real->Methods->Read(real, buffer, content.Length, 0);
            }
        }
        catch (Exception e)
        {
            owner.Break(e);
            return SqliteCode.IoError;
        }
    }
}
