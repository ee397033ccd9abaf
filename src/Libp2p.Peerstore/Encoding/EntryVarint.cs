using System.Numerics;

namespace Libp2p.Peerstore;

/// <summary>The unsigned LEB128 numbers in entries that are known to be well-formed.</summary>
internal static class EntryVarint
{
    public static ulong Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = bytes[at++];
        if (value < 0x80)
        {
            return value;
        }

        value &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public static int LengthOf(ulong value) => Math.Max(1, (BitOperations.Log2(value) + 7) / 7);

    public static int Write(Span<byte> to, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            to[length++] = (byte)(value | 0x80);
        }

        to[length++] = (byte)value;
        return length;
    }
}
