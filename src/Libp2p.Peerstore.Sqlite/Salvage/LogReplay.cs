using System.Buffers.Binary;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>
/// Copies what was committed to a write-ahead log into its database, where SQLite no longer can because the database is
/// damaged: <c>https://www.sqlite.org/fileformat2.html</c>, 4.
/// </summary>
internal static class LogReplay
{
    private const uint Magic = 0x377F0682;
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const int ChecksummedOfFrame = 8;

    /// <summary>Copies, and removes the log when all is on the disk: a crash before that only means to do it again.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void Apply(string path)
    {
        var log = path + "-wal";
        if (File.Exists(log))
        {
            using (var database = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
            using (var frames = new FileStream(log, FileMode.Open, FileAccess.Read))
            {
                Copy(frames, database);
                database.Flush(flushToDisk: true);
            }

            File.Delete(log);
        }

        File.Delete(path + "-shm");
    }

    private static void Copy(FileStream log, FileStream database)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (log.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || (BinaryPrimitives.ReadUInt32BigEndian(header) & ~1U) != Magic)
        {
            return;
        }

        var (pages, count, size) = FindCommitted(log, header.ToArray());
        var page = new byte[size];
        foreach (var (number, offset) in pages.Where(entry => entry.Key <= count))
        {
            log.Position = offset;
            log.ReadExactly(page);
            database.Position = (number - 1L) * size;
            database.Write(page);
        }

        if (count > 0)
        {
            database.SetLength(count * (long)size);
        }
    }

    /// <summary>Finds where the last committed content of each page stands, and how many pages the database has with it.</summary>
    private static (Dictionary<uint, long> Pages, uint Count, int PageSize) FindCommitted(FileStream log, byte[] header)
    {
        var isBigEndian = (header[3] & 1) != 0;
        var size = (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(8));
        var (committed, pending, count) = (new Dictionary<uint, long>(), new Dictionary<uint, long>(), 0U);
        var sum = Add(default, header.AsSpan(..24), isBigEndian);
        if (sum != ReadSum(header.AsSpan(24)) || size is < 512 or > 65_536)
        {
            return (committed, count, 0);
        }

        var frame = new byte[FrameHeaderLength + size];
        while (log.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            sum = Add(Add(sum, frame.AsSpan(..ChecksummedOfFrame), isBigEndian), frame.AsSpan(FrameHeaderLength..), isBigEndian);
            if (sum != ReadSum(frame.AsSpan(16)) || !frame.AsSpan(8, 8).SequenceEqual(header.AsSpan(16, 8)))
            {
                break;
            }

            pending[BinaryPrimitives.ReadUInt32BigEndian(frame)] = log.Position - size;
            if (BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(4)) is > 0 and var pages)
            {
                count = pages;
                foreach (var (number, offset) in pending)
                {
                    committed[number] = offset;
                }

                pending.Clear();
            }
        }

        return (committed, count, size);
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
