using System.Buffers;
using System.Text;
using System.Text.Unicode;
using SimpleBase;

namespace Libp2p;

/// <summary>Reads and writes bytes in a multibase encoding, by the rules of go-multibase v0.2.0.</summary>
internal static class MultibaseCodec
{
    private const string Standard32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Hex32 = "0123456789abcdefghijklmnopqrstuv";
    private const string Letters64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphabet36 = "0123456789abcdefghijklmnopqrstuvwxyz";

    private const string Empty = "a multibase text begins with the prefix of its encoding";
    private const string Unknown = "the prefix of a multibase text is that of a known encoding";
    private const string BinaryDigits = "a text in base2 has only the digits 0 and 1";

    private static readonly PowerOfTwoBase Hex = PowerOfTwoBase.AnyCase("0123456789abcdef");
    private static readonly PowerOfTwoBase HexUpper = PowerOfTwoBase.AnyCase("0123456789ABCDEF");
    private static readonly PowerOfTwoBase Base32 = PowerOfTwoBase.AnyCase(Standard32);
    private static readonly PowerOfTwoBase Base32Upper = PowerOfTwoBase.AnyCase(Standard32.ToUpperInvariant());
    private static readonly PowerOfTwoBase Base32Pad = PowerOfTwoBase.AnyCase(Standard32, padded: true);
    private static readonly PowerOfTwoBase Base32PadUpper = PowerOfTwoBase.AnyCase(Standard32.ToUpperInvariant(), padded: true);
    private static readonly PowerOfTwoBase Base32Hex = PowerOfTwoBase.AnyCase(Hex32);
    private static readonly PowerOfTwoBase Base32HexUpper = PowerOfTwoBase.AnyCase(Hex32.ToUpperInvariant());
    private static readonly PowerOfTwoBase Base32HexPad = PowerOfTwoBase.AnyCase(Hex32, padded: true);
    private static readonly PowerOfTwoBase Base32HexPadUpper = PowerOfTwoBase.AnyCase(Hex32.ToUpperInvariant(), padded: true);
    private static readonly PowerOfTwoBase Base64 = PowerOfTwoBase.Exact(Letters64 + "+/");
    private static readonly PowerOfTwoBase Base64Pad = PowerOfTwoBase.Exact(Letters64 + "+/", padded: true);
    private static readonly PowerOfTwoBase Base64UrlPad = PowerOfTwoBase.Exact(Letters64 + "-_", padded: true);
    private static readonly RadixBase Base36 = new(Alphabet36, anyCase: true);
    private static readonly RadixBase Base36Upper = new(Alphabet36.ToUpperInvariant(), anyCase: true);
    private static readonly RadixBase Base58Flickr = new("123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ", anyCase: false);

    /// <summary>Base64 with the alphabet for URLs, without padding: the form of a certificate hash.</summary>
    public static PowerOfTwoBase Base64Url { get; } = PowerOfTwoBase.Exact(Letters64 + "-_");

    /// <summary>Reads a text with its prefix; returns the rule that it breaks and the byte, or null.</summary>
    /// <param name="text">The text in UTF-8.</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="written">The number of bytes; undefined after an error.</param>
    public static DecodeError? Decode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.IsEmpty)
        {
            return new DecodeError(Empty, 0);
        }

        if (Rune.DecodeFromUtf8(text, out var prefix, out var prefixLength) != OperationStatus.Done)
        {
            return new DecodeError(Unknown, 0);
        }

        return DecodeDigits((Multibase)prefix.Value, text[prefixLength..], destination, out written) is { } broken
            ? ReferenceEquals(broken.Rule, Unknown) ? broken : broken.Behind(prefixLength)
            : null;
    }

    /// <summary>Writes bytes with the prefix of the encoding.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not an encoding that can be written.</exception>
    public static string Encode(Multibase encoding, ReadOnlySpan<byte> bytes)
    {
        if (encoding == Multibase.Base256Emoji)
        {
            return "🚀" + Base256Emoji.Default.Encode(bytes);
        }

        Span<byte> text = stackalloc byte[1 + bytes.Length * 8];
        text[0] = (byte)encoding;
        var digits = text[1..];
        var length = PowerOfTwo(encoding) is { } powerOfTwo ? powerOfTwo.Encode(bytes, digits)
            : Radix(encoding) is { } radix ? radix.Encode(bytes, digits)
            : encoding == Multibase.Base2 ? EncodeBinary(bytes, digits)
            : throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "This is not a multibase encoding that can be written.");
        return Encoding.ASCII.GetString(text[..(1 + length)]);
    }

    private static DecodeError? DecodeDigits(Multibase encoding, ReadOnlySpan<byte> digits, Span<byte> destination, out int written)
    {
        written = 0;
        if (PowerOfTwo(encoding) is { } powerOfTwo)
        {
            return powerOfTwo.Decode(digits, destination, out written);
        }

        if (Radix(encoding) is { } radix)
        {
            // Go's base58 and base36 refuse a text without digits.
            return digits.IsEmpty ? new DecodeError(BaseRules.Length, 0) : radix.Decode(digits, destination, out written);
        }

        return encoding switch
        {
            Multibase.Base2 => DecodeBinary(digits, destination, out written),
            Multibase.Base256Emoji => DecodeEmoji(digits, destination, out written),
            _ => new DecodeError(Unknown, 0),
        };
    }

    private static PowerOfTwoBase? PowerOfTwo(Multibase encoding) => encoding switch
    {
        Multibase.Base16 => Hex,
        Multibase.Base16Upper => HexUpper,
        Multibase.Base32 => Base32,
        Multibase.Base32Upper => Base32Upper,
        Multibase.Base32Pad => Base32Pad,
        Multibase.Base32PadUpper => Base32PadUpper,
        Multibase.Base32Hex => Base32Hex,
        Multibase.Base32HexUpper => Base32HexUpper,
        Multibase.Base32HexPad => Base32HexPad,
        Multibase.Base32HexPadUpper => Base32HexPadUpper,
        Multibase.Base64 => Base64,
        Multibase.Base64Pad => Base64Pad,
        Multibase.Base64Url => Base64Url,
        Multibase.Base64UrlPad => Base64UrlPad,
        _ => null,
    };

    private static RadixBase? Radix(Multibase encoding) => encoding switch
    {
        Multibase.Base36 => Base36,
        Multibase.Base36Upper => Base36Upper,
        Multibase.Base58Btc => RadixBase.Base58,
        Multibase.Base58Flickr => Base58Flickr,
        _ => null,
    };

    // As in go-multibase, digits that are missing for whole bytes are zeros thought in front.
    private static DecodeError? DecodeBinary(ReadOnlySpan<byte> digits, Span<byte> destination, out int written)
    {
        written = (digits.Length + 7) / 8;
        if (written > destination.Length)
        {
            return new DecodeError(BaseRules.TooLong, 0);
        }

        var missing = written * 8 - digits.Length;
        destination[..written].Clear();
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] is not ((byte)'0' or (byte)'1'))
            {
                return new DecodeError(BinaryDigits, i);
            }

            var bit = missing + i;
            destination[bit / 8] |= (byte)((digits[i] - '0') << (7 - bit % 8));
        }

        return null;
    }

    private static int EncodeBinary(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            destination[bit] = (byte)('0' + ((bytes[bit / 8] >> (7 - bit % 8)) & 1));
        }

        return bytes.Length * 8;
    }

    private static DecodeError? DecodeEmoji(ReadOnlySpan<byte> digits, Span<byte> destination, out int written)
    {
        written = 0;

        // An emoji of the table has 3 or 4 bytes in UTF-8.
        if (digits.Length / 4 > destination.Length)
        {
            return new DecodeError(BaseRules.TooLong, 0);
        }

        var chars = ArrayPool<char>.Shared.Rent(digits.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(digits.Length);
        try
        {
            if (Utf8.ToUtf16(digits, chars, out _, out var count, replaceInvalidSequences: false) != OperationStatus.Done
                || !Base256Emoji.Default.TryDecode(chars.AsSpan(0, count), bytes, out written))
            {
                return new DecodeError(BaseRules.Character, 0);
            }

            return bytes.AsSpan(0, written).TryCopyTo(destination) ? null : new DecodeError(BaseRules.TooLong, 0);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
