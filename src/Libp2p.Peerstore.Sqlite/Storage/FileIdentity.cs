using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>What tells a peerstore from any other file, also where one of the signs is damaged.</summary>
/// <remarks>
/// The header of a SQLite database begins with a text, and has an <c>application_id</c>, a <c>user_version</c> and the versions
/// of the format of the file. Each of them, damaged, looks like a file that is not ours and must not be touched; so that it is
/// taken for damage only where something else says that the file is.
/// </remarks>
internal static class FileIdentity
{
    public const int HeaderLength = 100;
    public const int UsualPageSize = 4096;
    private const int MinPageSize = 512;
    private const int MaxPageSize = 65_536;
    private const int PageSizeAt = 16;
    private const int WriteVersionAt = 18;
    private const int ReadVersionAt = 19;
    private const int LargestRootAt = 52;
    private const int IncrementalAt = 64;
    private const int LatestFormat = 2;
    private const int VersionAt = 60;
    private const int ApplicationIdAt = 68;

    /// <summary>Where a journal says how many pages the database had.</summary>
    private const int PagesBeforeAt = 16;

    /// <summary>How many bits of a wrong <c>application_id</c> may be those that were damaged.</summary>
    private const int MaxFlipped = 2;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    private static ReadOnlySpan<byte> JournalMagic => [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7];

    /// <summary>The beginning of a file, shorter where the file is.</summary>
    public static byte[] ReadHeader(string path)
    {
        var header = new byte[HeaderLength];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)];
    }

    /// <summary>Whether it may be a database of SQLite's, or was one of ours.</summary>
    public static bool MayBeOurs(ReadOnlySpan<byte> header) => header.StartsWith(Magic) || HasApplicationId(header);

    /// <summary>
    /// Whether the power went while the first page of a new database was written: SQLite makes an empty file of it, by a
    /// journal that says that there was nothing before.
    /// </summary>
    public static bool IsBeingMade(string path)
    {
        var journal = File.Exists(path + "-journal") ? ReadHeader(path + "-journal") : [];
        return journal.AsSpan().StartsWith(JournalMagic)
            && journal.Length == HeaderLength
            && BinaryPrimitives.ReadUInt32BigEndian(journal.AsSpan(PagesBeforeAt)) == 0;
    }

    public static bool HasApplicationId(ReadOnlySpan<byte> header) =>
        header.Length == HeaderLength
        && BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]) == SqliteSchema.ApplicationId;

    /// <summary>Whether the id of a header is ours, or ours with a few bits damaged; something else has to say so as well, then.</summary>
    public static bool IsNearApplicationId(ReadOnlySpan<byte> header) =>
        header.Length == HeaderLength && IsNear(BinaryPrimitives.ReadUInt32BigEndian(header[ApplicationIdAt..]));

    /// <summary>The version of the schema as a whole header says.</summary>
    public static long Version(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header[VersionAt..]);

    /// <summary>The size of a page as a header says; what SQLite takes where nobody says otherwise if it says nothing sensible.</summary>
    public static int PageSize(ReadOnlySpan<byte> header)
    {
        var size = header.Length < HeaderLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeAt..]);
        size = size == 1 ? MaxPageSize : size;
        return size >= MinPageSize && int.IsPow2(size) ? size : UsualPageSize;
    }

    /// <summary>What is wrong with the header of a peerstore that SQLite would open all the same, or take for another file.</summary>
    public static string? FindDamage(ReadOnlySpan<byte> header) =>
        !HasApplicationId(header) ? null
        : !header.StartsWith(Magic) ? "its first bytes are not those of a SQLite database"
        : header[WriteVersionAt] > LatestFormat || header[ReadVersionAt] > LatestFormat ? "the versions in its header are none that SQLite writes"
        : BinaryPrimitives.ReadUInt32BigEndian(header[LargestRootAt..]) == 0 && BinaryPrimitives.ReadUInt32BigEndian(header[IncrementalAt..]) != 0
            ? "its header asks for a vacuum that needs another layout"
        : null;

    /// <summary>Recognises an open file.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="path">Its name, for the error.</param>
    /// <param name="mayBeEmpty">Whether an empty database is one that is about to become a peerstore.</param>
    /// <returns>The version of its schema; 0 for one that is new.</returns>
    /// <exception cref="PeerstoreException">It is of another application, of a newer version, or damaged.</exception>
    public static long Recognise(SqliteConnection connection, string path, bool mayBeEmpty)
    {
        var (application, version) =
            (SqliteFile.ReadNumber(connection, "PRAGMA application_id"), SqliteFile.ReadNumber(connection, "PRAGMA user_version"));
        if (mayBeEmpty && application == 0 && version == 0 && SqliteFile.ReadNumber(connection, "SELECT count(*) FROM sqlite_schema") == 0)
        {
            return 0;
        }

        if (application != SqliteSchema.ApplicationId)
        {
            throw IsNear((uint)application) && FileSoundness.HasTables(connection)
                ? Damaged(path, "its application_id is wrong, and its tables are those of a peerstore")
                : SqliteFile.NotAPeerstore(path, "it is a SQLite database of another application");
        }

        if (version < SqliteSchema.Version && FileSoundness.HasTables(connection))
        {
            throw Damaged(path, $"its header says schema {version}, and its tables are those of schema {SqliteSchema.Version}");
        }

        if (version <= SqliteSchema.Version)
        {
            return version;
        }

        // A file knows its version twice: in the header, and in a row.
        throw FileSoundness.HasTables(connection) && StoredVersion(connection) <= SqliteSchema.Version
            ? Damaged(path, $"its header says schema {version}, and its table meta another one")
            : Newer(path, version);
    }

    public static PeerstoreException Newer(string path, long version) => new(
        PeerstoreError.WrongFile,
        $"The peerstore {path} was written by a newer version of this program (schema {version}, known up to {SqliteSchema.Version}).");

    public static PeerstoreException Damaged(string path, string reason, Exception? cause = null) =>
        new(PeerstoreError.Damaged, $"The peerstore {path} is damaged: {reason}", cause);

    private static bool IsNear(uint application) => BitOperations.PopCount(application ^ SqliteSchema.ApplicationId) <= MaxFlipped;

    private static long? StoredVersion(SqliteConnection connection) =>
        long.TryParse(Encoding.UTF8.GetString(MetaTable.Read(connection, MetaTable.Schema)), CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}
