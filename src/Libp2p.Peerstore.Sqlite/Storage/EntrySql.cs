namespace Libp2p.Peerstore.Sqlite;

/// <summary>
/// Expressions in plain SQL that find what stands in an entry of version 2 (<c>docs/formats/peer-entry.md</c>): for views, for
/// the shell, like <see cref="TextSql"/>.
/// </summary>
/// <remarks>
/// <para>
/// Each is a recursive query that takes one byte a row, so that a varint of any length is a sum and a scale. The answer is
/// a JSON array, since <c>json_each</c> is the one thing in SQLite that makes rows of a column of the table beside it: a
/// view has its first rows without having read the last ones. The array is of texts, each with numbers of
/// <see cref="Width"/> digits: the functions that make and read JSON are not harmless to the SQLite of Debian 12, which
/// refuses them with <c>trusted_schema=OFF</c>.
/// </para>
/// <para>
/// A damaged entry reads as something or nothing: every row is further on than the one before, and behind the end is nothing.
/// </para>
/// </remarks>
internal static class EntrySql
{
    private const int Width = 20;

    /// <summary>A number of an item.</summary>
    /// <param name="item">An expression for the item.</param>
    /// <param name="index">Which number.</param>
    public static string Number(string item, int index) => $"CAST(substr({item},{(Width * index) + 1},{Width}) AS INTEGER)";

    /// <summary>Where the addresses stand, best first: [start, length, source, ttl, end] each.</summary>
    /// <param name="entry">A column; written down more than once.</param>
    public static string Addresses(string entry)
    {
        var next = Byte(entry, "at");
        var isLast = $"({next}<128)";
        var value = $"(value+{next}%128*scale)";

        // The count of lifetimes, then of each address source, number of its lifetime, and length, behind which it stands.
        return $"""
            (WITH RECURSIVE part(at,stop,kind,value,scale,first,source,lifetime) AS (
            SELECT at,stop,'count',0,1,0,0,0 FROM {Section(entry, EntrySection.Addresses)}
            UNION ALL SELECT
            CASE WHEN {isLast} AND kind='count' THEN at+1+16*{value} WHEN {isLast} AND kind='length' THEN at+1+{value} ELSE at+1 END,
            stop,
            CASE WHEN kind='source' THEN 'lifetime' WHEN NOT {isLast} THEN kind WHEN kind='lifetime' THEN 'length' ELSE 'source' END,
            CASE WHEN kind='source' OR ({isLast} AND kind<>'length') THEN 0 ELSE {value} END,
            CASE WHEN kind='source' OR {isLast} THEN 1 ELSE scale*128 END,
            CASE WHEN kind='count' THEN at+1 ELSE first END,
            CASE WHEN kind='source' THEN {next} ELSE source END,
            CASE WHEN kind='lifetime' THEN {value} ELSE lifetime END
            FROM part WHERE at<stop)
            SELECT {List("at-value", "value", "source", Int64(entry, "first+16*lifetime"), Int64(entry, "first+16*lifetime+8"))}
            FROM part WHERE kind='source' AND source>0)
            """;
    }

    /// <summary>Where the protocols stand, sorted: [start, length] each.</summary>
    /// <inheritdoc cref="Addresses"/>
    public static string Protocols(string entry)
    {
        var next = Byte(entry, "at");
        var isLast = $"({next}<128)";
        var length = $"(CASE WHEN isRead THEN 0 ELSE length END+{next}%128*scale)";
        return $"""
            (WITH RECURSIVE part(at,stop,length,scale,isRead) AS (
            SELECT at,stop,0,1,0 FROM {Section(entry, EntrySection.Protocols)}
            UNION ALL SELECT
            CASE WHEN {isLast} THEN at+1+{length} ELSE at+1 END,
            stop,
            {length},
            CASE WHEN {isLast} THEN 1 ELSE scale*128 END,
            {isLast}
            FROM part WHERE at<stop)
            SELECT {List("at-length", "length")} FROM part WHERE isRead)
            """;
    }

    /// <summary>A row with the begin and the end of a section; none where it is not there, or the entry is of another version.</summary>
    private static string Section(string entry, EntrySection section)
    {
        var next = Byte(entry, "at");
        var isLast = $"({next}<128)";
        var size = $"(size+{next}%128*scale)";
        var isFound = $"({isLast} AND number={(int)section})";

        // A scale of 0 tells that it was found. Behind the sections there are the four bytes of the checksum.
        return $"""
            (WITH RECURSIVE section(at,number,size,scale) AS (SELECT 2,NULL,0,1 WHERE substr({entry},1,1)=x'02'
            UNION ALL SELECT
            CASE WHEN number IS NULL OR NOT {isLast} OR {isFound} THEN at+1 ELSE at+1+{size} END,
            CASE WHEN number IS NULL THEN {next} WHEN NOT {isLast} OR {isFound} THEN number END,
            CASE WHEN number IS NULL THEN 0 ELSE {size} END,
            CASE WHEN number IS NULL THEN 1 WHEN {isFound} THEN 0 WHEN {isLast} THEN 1 ELSE scale*128 END
            FROM section WHERE scale>0 AND at<=length({entry})-4)
            SELECT at,min(at+size,length({entry})-3) AS stop FROM section WHERE scale=0)
            """;
    }

    private static string List(params string[] numbers)
    {
        var format = string.Concat(numbers.Select(static _ => $"%0{Width}d"));
        return $"""'['||coalesce(group_concat(printf('"{format}"',{string.Join(',', numbers)})),'')||']'""";
    }

    private static string Int64(string blob, string index) => TextSql.Join(
        "+", sizeof(long), i => $"{Byte(blob, $"{index}+{i}")}*{1L << (8 * i)}");

    private static string Byte(string blob, string index) => TextSql.Byte($"hex(substr({blob},{index},1))", "1");
}
