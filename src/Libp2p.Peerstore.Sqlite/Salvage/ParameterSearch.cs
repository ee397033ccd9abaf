namespace Libp2p.Peerstore.Sqlite;

/// <summary>
/// Finds the parameters of private keys in a page that no longer says where its rows are: both copies stand in one page, of which
/// a single bit may make none, and without them all keys are lost.
/// </summary>
internal static class ParameterSearch
{
    private const int FirstBlob = 12;
    private const int ShortestHead = 3;
    private const int LongestHead = 5;

    private static ReadOnlySpan<byte> Name => "private-keys"u8;

    private static ReadOnlySpan<byte> NameOfCopy => "private-keys-copy"u8;

    /// <summary>Looks through all pages; null where none has them.</summary>
    public static byte[]? Find(DatabasePages pages, CancellationToken cancellationToken)
    {
        var page = new byte[pages.Size];
        for (var number = 1U; number <= pages.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pages.TryRead(number, page) && Find(page) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static byte[]? Find(ReadOnlySpan<byte> page)
    {
        for (var from = 0; page[from..].IndexOf(Name) is >= 0 and var step; from += step + Name.Length)
        {
            for (var head = ShortestHead; head <= LongestHead && head <= from + step; head++)
            {
                var value = ReadValue(page[(from + step - head)..], head);
                if (ProtectionParameters.TryRead(value, out _, out _))
                {
                    return value.ToArray();
                }
            }
        }

        return null;
    }

    /// <summary>Reads the second value of a row whose first one is the name; empty where it is none.</summary>
    private static ReadOnlySpan<byte> ReadValue(ReadOnlySpan<byte> row, int head)
    {
        var at = 1;
        if (row[0] != head || !RecordVarint.TryRead(row, ref at, out var nameType) || !RecordVarint.TryRead(row, ref at, out var valueType) || at != head)
        {
            return default;
        }

        var name = nameType == TypeOf(Name) ? Name.Length : nameType == TypeOf(NameOfCopy) ? NameOfCopy.Length : row.Length;
        return valueType >= FirstBlob && valueType % 2 == 0 && head + name + ((valueType - FirstBlob) / 2) <= row.Length
            ? row.Slice(head + name, (int)((valueType - FirstBlob) / 2))
            : default;
    }

    private static long TypeOf(ReadOnlySpan<byte> text) => (text.Length * 2) + FirstBlob + 1;
}
