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
    /// <summary>Refuses a file that does not prove to be a peerstore of a version that is known.</summary>
    /// <param name="path">The file. Nobody has it open.</param>
    /// <exception cref="PeerstoreException">It is none, or of a newer version; or it cannot be read.</exception>
    public static void Require(string path)
    {
        try
        {
            using var log = LogPages.Open(path);
            byte[][] headers = [FileIdentity.ReadHeader(path), ReadHeader(log)];
            if (!headers.Any(static header => FileIdentity.HasApplicationId(header))
                && !(headers.Any(static header => FileIdentity.IsNearApplicationId(header)) && Read(path, headers[0], log).HasEntry))
            {
                throw SqliteFile.NotAPeerstore(path, "nothing in it says that it is not of another application");
            }

            var version = headers.Where(static header => FileIdentity.IsNearApplicationId(header)).Max(static header => FileIdentity.Version(header));
            if (version > SqliteSchema.Version && Read(path, headers[0], log).Version is not <= SqliteSchema.Version)
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
    private static (bool HasEntry, long? Version) Read(string path, byte[] header, LogPages? log)
    {
        var (hasEntry, version) = (false, (long?)null);
        using var pages = new DatabasePages(path, FileIdentity.PageSize(header), log);
        new DatabaseRows(pages, Take, CancellationToken.None).Read();
        return (hasEntry, version);

        bool Take(List<RecordColumn> row, bool isInTree)
        {
            if (row is [{ IsBlob: true } id, { IsBlob: true } entry])
            {
                var isWhole = PeerId.TryDecode(id.Bytes.Span, out var peer) && EntryFormat.IsWhole(peer, entry.Bytes.Span);
                hasEntry |= isWhole;
                return isWhole;
            }

            if (row is [{ IsText: true } name, { IsText: true } value]
                && string.Equals(Encoding.UTF8.GetString(name.Bytes.Span), MetaTable.Schema, StringComparison.Ordinal)
                && long.TryParse(Encoding.UTF8.GetString(value.Bytes.Span), NumberStyles.None, CultureInfo.InvariantCulture, out var noted))
            {
                version = Math.Max(noted, version ?? 0);
            }

            return false;
        }
    }

    /// <summary>The header as the log has it; empty where it has none.</summary>
    private static byte[] ReadHeader(LogPages? log)
    {
        var page = new byte[log?.Size ?? 0];
        return log?.TryRead(1, page) is true ? page[..FileIdentity.HeaderLength] : [];
    }
}
