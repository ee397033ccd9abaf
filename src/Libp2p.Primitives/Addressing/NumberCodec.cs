using System.Buffers.Binary;
using System.Globalization;

namespace Libp2p;

/// <summary>Decimal numbers of a fixed size in big-endian bytes: ports, prefix lengths, memory addresses.</summary>
internal sealed class NumberCodec(int size, string rule) : ValueCodec
{
    public const string PortRule = "a port is a decimal number from 0 to 65535";

    private const int MaxDigits = 20;

    public static NumberCodec Port { get; } = new(2, PortRule);

    public static NumberCodec PrefixLength { get; } = new(1, "a prefix length is a decimal number from 0 to 255");

    public static NumberCodec MemoryAddress { get; } = new(8, "a memory address is a decimal number below 2^64");

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = size;
        if (!TryParseDigits(text, ulong.MaxValue >> (64 - 8 * size), out var number))
        {
            return new DecodeError(rule, 0);
        }

        if (destination.Length < size)
        {
            return new DecodeError(TooManyBytes, 0);
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        bytes[^size..].CopyTo(destination);
        return null;
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value) => null;

    public override int MaxTextLength(int valueLength) => MaxDigits;

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        ulong number = 0;
        foreach (var b in value)
        {
            number = (number << 8) | b;
        }

        return FormatDigits(number, destination);
    }

    /// <summary>Writes a number; the destination has 20 bytes at least.</summary>
    public static int FormatDigits(ulong number, Span<byte> destination)
    {
        _ = number.TryFormat(destination, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    /// <summary>Reads ASCII digits and nothing else: no sign, no space; zeros in front are allowed, as in Go.</summary>
    public static bool TryParseDigits(ReadOnlySpan<byte> text, ulong max, out ulong number)
    {
        number = 0;
        foreach (var c in text)
        {
            var digit = (uint)c - '0';
            if (digit > 9 || number > max / 10 || number * 10 > max - digit)
            {
                return false;
            }

            number = number * 10 + digit;
        }

        return !text.IsEmpty;
    }
}
