namespace Libp2p;

/// <summary>Unsigned varints as multiformats writes them: minimal, and below 2^63.</summary>
internal static class Varint
{
    /// <summary>The bytes of the longest varint.</summary>
    public const int MaxLength = 9;

    private const string Unfinished = "a varint ends within the bytes";
    private const string TooLarge = "a varint is below 2^63";
    private const string NotMinimal = "a varint has no more bytes than it needs";

    /// <summary>Reads the varint at the beginning; returns the rule that it breaks, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, out ulong value, out int length)
    {
        value = 0;
        length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var b = bytes[i];
            if (i == MaxLength || (i == MaxLength - 1 && b >= 0x80))
            {
                return TooLarge;
            }

            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                length = i + 1;
                return b == 0 && i > 0 ? NotMinimal : null;
            }
        }

        return Unfinished;
    }

    /// <summary>Reads a varint that was checked before, and moves behind it.</summary>
    public static int ReadTrusted(ReadOnlySpan<byte> bytes, ref int offset)
    {
        var b = bytes[offset++];
        var value = b & 0x7F;
        for (var shift = 7; b >= 0x80; shift += 7)
        {
            b = bytes[offset++];
            value |= (b & 0x7F) << shift;
        }

        return value;
    }

    /// <summary>The bytes that a value takes.</summary>
    public static int LengthOf(uint value) => value < 0x80 ? 1 : (38 - System.Numerics.BitOperations.LeadingZeroCount(value)) / 7;

    /// <summary>Writes a value; the destination has <see cref="LengthOf"/> bytes at least.</summary>
    public static int Write(Span<byte> destination, uint value)
    {
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[i++] = (byte)(value | 0x80);
        }

        destination[i++] = (byte)value;
        return i;
    }
}
