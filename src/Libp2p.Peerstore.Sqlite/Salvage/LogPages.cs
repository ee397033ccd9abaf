using System.Buffers.Binary;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>
/// What was committed to a write-ahead log, read where SQLite no longer can because the database is damaged:
/// <c>https://www.sqlite.org/fileformat2.html</c>, 4.
/// </summary>
/// <remarks>As to SQLite, the log ends at the first frame that is not right; one that nobody can have written is not, however good its checksum.</remarks>
internal sealed class LogPages : IDisposable
{
    private const uint Magic = 0x377F0682;
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const int ChecksummedOfFrame = 8;
    private const int MinPageSize = 512;
    private const int MaxPageSize = 65_536;

    private readonly FileStream _log;
    private readonly Dictionary<uint, long> _committed = [];

    private LogPages(FileStream log) => _log = log;

    /// <summary>The size of a page.</summary>
    public int Size { get; private set; }

    /// <summary>How many pages the database has with the log.</summary>
    public uint Count { get; private set; }

    /// <summary>Reads the log of a database; null where there is none, or nothing was committed to it. Neither is changed.</summary>
    public static LogPages? Open(string path)
    {
        if (!File.Exists(path + "-wal"))
        {
            return null;
        }

        var log = new LogPages(new FileStream(path + "-wal", FileMode.Open, FileAccess.Read));
        log.FindCommitted(new FileInfo(path).Length);
        if (log.Count > 0)
        {
            return log;
        }

        log.Dispose();
        return null;
    }

    /// <summary>
    /// Keeps the log of a database under another name, and removes it when what it has is in the database and on the disk: a
    /// crash before that only means to do it again.
    /// </summary>
    /// <exception cref="IOException">It cannot be done; the log is still there, whatever is in the database.</exception>
    public static void Keep(string path, string name)
    {
        if (File.Exists(path + "-wal"))
        {
            File.Copy(path + "-wal", name);
            using (var log = Open(path))
            {
                log?.Apply(path);
            }

            File.Delete(path + "-wal");
        }

        File.Delete(path + "-shm");
    }

    /// <summary>Reads the last committed content of a page; false where the log has none.</summary>
    public bool TryRead(uint number, Span<byte> page)
    {
        if (!_committed.TryGetValue(number, out var offset))
        {
            return false;
        }

        _log.Position = offset;
        _log.ReadExactly(page[..Size]);
        return true;
    }

    public void Dispose() => _log.Dispose();

    private void Apply(string path)
    {
        using var database = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var page = new byte[Size];
        foreach (var number in _committed.Keys.Where(number => number <= Count).Order())
        {
            _ = TryRead(number, page);
            database.Position = (number - 1L) * Size;
            database.Write(page);
        }

        database.SetLength(Count * (long)Size);
        database.Flush(flushToDisk: true);
    }

    private void FindCommitted(long databaseLength)
    {
        var header = new byte[HeaderLength];
        if (_log.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || (BinaryPrimitives.ReadUInt32BigEndian(header) & ~1U) != Magic)
        {
            return;
        }

        var isBigEndian = (header[3] & 1) != 0;
        var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        var sum = Add(default, header.AsSpan(..24), isBigEndian);
        if (sum != ReadSum(header.AsSpan(24)) || size is < MinPageSize or > MaxPageSize || (size & (size - 1)) != 0)
        {
            return;
        }

        Size = (int)size;
        FindCommitted(header, sum, isBigEndian, databaseLength / size);
    }

    private void FindCommitted(byte[] header, (uint, uint) sum, bool isBigEndian, long pagesBefore)
    {
        var pending = new Dictionary<uint, long>();
        var frame = new byte[FrameHeaderLength + Size];
        while (_log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            sum = Add(Add(sum, frame.AsSpan(..ChecksummedOfFrame), isBigEndian), frame.AsSpan(FrameHeaderLength..), isBigEndian);
            var number = BinaryPrimitives.ReadUInt32BigEndian(frame);
            if (sum != ReadSum(frame.AsSpan(16)) || !frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8)) || number == 0)
            {
                return;
            }

            pending[number] = _log.Position - Size;
            var pages = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4));

            // A database gets larger by pages that are written.
            if (pages > pagesBefore + _committed.Count + pending.Count)
            {
                return;
            }

            if (pages > 0)
            {
                Commit(pending, pages);
            }
        }
    }

    private void Commit(Dictionary<uint, long> pending, uint pages)
    {
        Count = pages;
        foreach (var (number, offset) in pending)
        {
            _committed[number] = offset;
        }

        pending.Clear();
    }

    private static (uint, uint) ReadSum(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));

    private static (uint, uint) Add((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            sum.First += Word(bytes, isBigEndian) + sum.Second;
            sum.Second += Word(bytes[4..], isBigEndian) + sum.First;
        }

        return sum;
    }

    private static uint Word(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
