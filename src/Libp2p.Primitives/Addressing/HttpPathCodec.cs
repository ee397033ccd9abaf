using System.Buffers;

namespace Libp2p;

/// <summary>Paths of HTTP, escaped as Go escapes a part of a URL's query: a space is '+', other bytes are %XX.</summary>
internal sealed class HttpPathCodec : ValueCodec
{
    private const string NotEmpty = "an http-path is not empty";
    private const string Escape = "an escape in an http-path is '%' and two hexadecimal digits";

    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);

    public static HttpPathCodec Instance { get; } = new();

    private static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = text[i];
            if (value == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
                {
                    return new DecodeError(Escape, i);
                }

                value = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }
            else if (value == '+')
            {
                value = (byte)' ';
            }

            if (written == destination.Length)
            {
                return new DecodeError(TooManyBytes, i);
            }

            destination[written++] = value;
        }

        return Check(destination[..written]);
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value) => value.IsEmpty ? new DecodeError(NotEmpty, 0) : null;

    public override int MaxTextLength(int valueLength) => 3 * valueLength;

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var written = 0;
        foreach (var b in value)
        {
            if (Unreserved.Contains(b))
            {
                destination[written++] = b;
            }
            else if (b == ' ')
            {
                destination[written++] = (byte)'+';
            }
            else
            {
                destination[written++] = (byte)'%';
                destination[written++] = HexDigits[b >> 4];
                destination[written++] = HexDigits[b & 0xF];
            }
        }

        return written;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
