using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Whether a file that is damaged, or to be replaced, is ours: somebody else's is neither salvaged nor replaced.</summary>
/// <remarks>
/// SQLite may give up on a damaged file before it has said whose it is. So the bytes are asked: the header, in the file and in the
/// log beside it, has our <c>application_id</c> and a schema that is known. An id in which few bits are wrong counts where a
/// peer's entry with the right checksum is found; a higher schema where the table <c>meta</c> says another. Nothing is changed.
/// </remarks>
internal static class FileProof
{
    private const uint LogMagic = 0x377F0682;
    private const int LogHeader = 32;
    private const int FrameHeader = 24;
    private const int LogPageSizeAt = 8;
    private const int LogSaltAt = 16;
    private const int FrameSaltAt = 8;
    private const int SaltLength = 8;

    /// <summary>Refuses a file that does not prove to be a peerstore of a version that is known.</summary>
    /// <param name="path">The file. Nobody has it open.</param>
    /// <exception cref="PeerstoreException">It is none, or of a newer version; or it cannot be read.</exception>
    public static void Require(string path)
    {
        try
        {
            byte[][] headers = [FileIdentity.ReadHeader(path), .. ReadLog(path + "-wal")];
            if (!headers.Any(static header => FileIdentity.HasApplicationId(header))
                && !(headers.Any(static header => FileIdentity.IsNearApplicationId(header)) && Read(path, headers[0]).HasEntry))
            {
                throw SqliteFile.NotAPeerstore(path, "nothing in it says that it is not of another application");
            }

            var version = headers.Where(static header => FileIdentity.IsNearApplicationId(header)).Max(static header => FileIdentity.Version(header));
            if (version > SqliteSchema.Version && Read(path, headers[0]).Version is not <= SqliteSchema.Version)
            {
                throw FileIdentity.Newer(path, version);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SqliteFile.CannotOpen(path, e);
        }
    }

    /// <summary>What the rows say, as far as they can be read.</summary>
    private static (bool HasEntry, long? Version) Read(string path, byte[] header)
    {
        var (hasEntry, version) = (false, (long?)null);
        using var pages = new DatabasePages(path, FileIdentity.PageSize(header));
        new DatabaseRows(pages, (row, _) =>
        {
            if (row is [{ IsBlob: true } id, { IsBlob: true } entry])
            {
                hasEntry = hasEntry || (PeerId.TryDecode(id.Bytes.Span, out var peer) && EntryFormat.IsWhole(peer, entry.Bytes.Span));
            }
            else if (row is [{ IsText: true } name, { IsText: true } value]
                && string.Equals(Encoding.UTF8.GetString(name.Bytes.Span), MetaTable.Schema, StringComparison.Ordinal)
                && long.TryParse(Encoding.UTF8.GetString(value.Bytes.Span), NumberStyles.None, CultureInfo.InvariantCulture, out var noted))
            {
                version = Math.Max(noted, version ?? 0);
            }
        }).Read();
        return (hasEntry, version);
    }

    /// <summary>The headers that stand in a log: in its frames of the first page, as far as they belong to it.</summary>
    private static IEnumerable<byte[]> ReadLog(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var head = new byte[LogHeader];
        if (log.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length
            || (BinaryPrimitives.ReadUInt32BigEndian(head) & ~1U) != LogMagic
            || BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(LogPageSizeAt)) is not (>= 512 and <= 65_536 and var size))
        {
            yield break;
        }

        var frame = new byte[FrameHeader + FileIdentity.HeaderLength];
        for (var at = (long)LogHeader; at + FrameHeader + size <= log.Length; at += FrameHeader + size)
        {
            log.Position = at;
            log.ReadExactly(frame);
            if (!frame.AsSpan(FrameSaltAt, SaltLength).SequenceEqual(head.AsSpan(LogSaltAt, SaltLength)))
            {
                yield break;
            }

            if (BinaryPrimitives.ReadUInt32BigEndian(frame) == 1)
            {
                yield return frame[FrameHeader..];
            }
        }
    }
}
