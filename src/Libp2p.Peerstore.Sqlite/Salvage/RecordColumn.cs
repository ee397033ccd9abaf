namespace Libp2p.Peerstore.Sqlite;

/// <summary>A value of a row.</summary>
/// <param name="Type">SQLite's serial type.</param>
/// <param name="Bytes">Its bytes; those of an integer have the highest first.</param>
internal readonly record struct RecordColumn(long Type, ReadOnlyMemory<byte> Bytes)
{
    private const int FirstBlob = 12;

    public bool IsBlob => Type >= FirstBlob && Type % 2 == 0;

    public bool IsText => Type > FirstBlob && Type % 2 == 1;

    /// <summary>The value of an integer that is not negative; 0 for anything else.</summary>
    public long Number
    {
        get
        {
            var value = Type is 9 ? 1L : 0L;
            foreach (var part in Type is >= 1 and <= 6 ? Bytes.Span : default)
            {
                value = (value << 8) | part;
            }

            return value;
        }
    }

    /// <summary>Reads the values of a row; null where they are not as long as they say.</summary>
    public static List<RecordColumn>? ReadAll(ReadOnlyMemory<byte> row)
    {
        var bytes = row.Span;
        var at = 0;
        if (!RecordVarint.TryRead(bytes, ref at, out var head) || head < at || head > bytes.Length)
        {
            return null;
        }

        var columns = new List<RecordColumn>();
        var body = head;
        while (at < head)
        {
            if (!RecordVarint.TryRead(bytes[..(int)head], ref at, out var type) || LengthOf(type) is var length && (length < 0 || length > bytes.Length - body))
            {
                return null;
            }

            columns.Add(new(type, row.Slice((int)body, (int)length)));
            body += length;
        }

        return body == bytes.Length ? columns : null;
    }

    private static long LengthOf(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= FirstBlob => (type - FirstBlob) / 2,
        _ => -1,
    };
}
