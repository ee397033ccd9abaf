using System.Buffers.Binary;

namespace Libp2p;

/// <summary>Reads IP addresses as Go's <c>net.ParseIP</c> reads them.</summary>
/// <remarks>
/// .NET's parser differs: it takes 127.1, hexadecimal and octal parts, zones and brackets.
/// </remarks>
internal static class IpParser
{
    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    /// <summary>Whether 16 bytes are an IPv4 address in IPv6's clothes (::ffff:a.b.c.d).</summary>
    public static bool IsMapped(ReadOnlySpan<byte> ip) => ip.StartsWith(MappedPrefix);

    /// <summary>Reads either kind of address into 16 bytes; IPv4 becomes ::ffff:a.b.c.d.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> ip)
    {
        var first = text.IndexOfAny((byte)'.', (byte)':');
        if (first < 0)
        {
            return false;
        }

        if (text[first] == ':')
        {
            return TryParse6(text, ip);
        }

        MappedPrefix.CopyTo(ip);
        return TryParse4(text, ip[12..]);
    }

    private static bool TryParse4(ReadOnlySpan<byte> text, Span<byte> ip)
    {
        for (var i = 0; i < 4; i++)
        {
            var end = i < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (end is < 1 or > 3 || (end > 1 && text[0] == '0') || !NumberCodec.TryParseDigits(text[..end], 255, out var part))
            {
                return false;
            }

            ip[i] = (byte)part;
            text = text[Math.Min(end + 1, text.Length)..];
        }

        return true;
    }

    private static bool TryParse6(ReadOnlySpan<byte> text, Span<byte> ip)
    {
        ip[..16].Clear();
        var gap = -1;
        var written = 0;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            if (written == 16 || !TryReadGroup(text, out var group, out var digits))
            {
                return false;
            }

            if (digits < text.Length && text[digits] == '.')
            {
                // IPv4 may stand for the last two groups.
                if (written > 12 || (gap < 0 && written != 12) || !TryParse4(text, ip[written..]))
                {
                    return false;
                }

                written += 4;
                break;
            }

            BinaryPrimitives.WriteUInt16BigEndian(ip[written..], group);
            written += 2;
            text = text[digits..];
            if (!text.IsEmpty && !TryReadColons(ref text, ref gap, written))
            {
                return false;
            }
        }

        return TryFillGap(ip, gap, written);
    }

    private static bool TryReadGroup(ReadOnlySpan<byte> text, out ushort group, out int digits)
    {
        var value = 0;
        for (digits = 0; digits < text.Length; digits++)
        {
            var digit = HexValue(text[digits]);
            if (digit < 0)
            {
                break;
            }

            if (digits == 4)
            {
                group = 0;
                return false;
            }

            value = (value << 4) | digit;
        }

        group = (ushort)value;
        return digits > 0;
    }

    private static int HexValue(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    // Behind a group: one colon and another group, or the only "::", which may end the text.
    private static bool TryReadColons(ref ReadOnlySpan<byte> text, ref int gap, int written)
    {
        if (text.Length < 2 || text[0] != ':')
        {
            return false;
        }

        if (text[1] != ':')
        {
            text = text[1..];
            return true;
        }

        if (gap >= 0)
        {
            return false;
        }

        gap = written;
        text = text[2..];
        return true;
    }

    private static bool TryFillGap(Span<byte> ip, int gap, int written)
    {
        if (gap < 0 || written == 16)
        {
            // "::" stands for one group of zeros at least.
            return gap < 0 && written == 16;
        }

        var tail = ip[gap..written];
        tail.CopyTo(ip[(16 - tail.Length)..]);
        ip[gap..(16 - tail.Length)].Clear();
        return true;
    }
}
