using System.Buffers.Binary;

namespace Libp2p;

/// <summary>Writes IP addresses as Go and RFC 5952 do.</summary>
/// <remarks>.NET differs: it writes IPv4 at the end of more addresses than ::ffff:a.b.c.d.</remarks>
internal static class IpFormatter
{
    /// <summary>The length of the longest text: eight groups of four digits.</summary>
    public const int MaxLength = 39;

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    /// <summary>Writes 4 bytes as dotted decimals.</summary>
    public static int Format4(ReadOnlySpan<byte> ip, Span<byte> destination)
    {
        var written = 0;
        for (var i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                destination[written++] = (byte)'.';
            }

            int part = ip[i];
            if (part >= 100)
            {
                destination[written++] = (byte)('0' + part / 100);
            }

            if (part >= 10)
            {
                destination[written++] = (byte)('0' + part / 10 % 10);
            }

            destination[written++] = (byte)('0' + part % 10);
        }

        return written;
    }

    /// <summary>Writes 16 bytes.</summary>
    public static int Format6(ReadOnlySpan<byte> ip, Span<byte> destination)
    {
        if (IpParser.IsMapped(ip))
        {
            "::ffff:"u8.CopyTo(destination);
            return 7 + Format4(ip[12..], destination[7..]);
        }

        var (start, end) = LongestZeroRun(ip);
        var written = 0;
        for (var i = 0; i < 8; i++)
        {
            if (i == start)
            {
                destination[written++] = (byte)':';
                destination[written++] = (byte)':';
                i = end;
                if (i == 8)
                {
                    break;
                }
            }
            else if (i > 0)
            {
                destination[written++] = (byte)':';
            }

            written += FormatGroup(Group(ip, i), destination[written..]);
        }

        return written;
    }

    private static int Group(ReadOnlySpan<byte> ip, int index) => BinaryPrimitives.ReadUInt16BigEndian(ip[(2 * index)..]);

    private static int FormatGroup(int group, Span<byte> destination)
    {
        var written = 0;
        for (var shift = 12; shift >= 0; shift -= 4)
        {
            if (shift == 0 || group >> shift != 0)
            {
                destination[written++] = HexDigits[(group >> shift) & 0xF];
            }
        }

        return written;
    }

    // The longest run of at least two zero groups, the first of several; (-1, -1) if there is none.
    private static (int Start, int End) LongestZeroRun(ReadOnlySpan<byte> ip)
    {
        var longest = (Start: -1, End: -1);
        for (var i = 0; i < 8; i++)
        {
            var end = i;
            while (end < 8 && Group(ip, end) == 0)
            {
                end++;
            }

            if (end - i >= 2 && end - i > longest.End - longest.Start)
            {
                longest = (i, end);
            }

            i = Math.Max(i, end - 1);
        }

        return longest;
    }
}
