namespace Libp2p.Peerstore.Sqlite;

/// <summary>SQLite's integers of one to nine bytes, the highest first.</summary>
internal static class RecordVarint
{
    private const int MaxLength = 9;

    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (var i = 1; at < bytes.Length; i++)
        {
            var next = bytes[at++];
            if (i == MaxLength)
            {
                value = (value << 8) | next;
                return true;
            }

            value = (value << 7) | (next & 0x7FU);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
