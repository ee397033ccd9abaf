using System.Diagnostics;
using System.Text;

namespace Libp2p;

/// <summary>An encoding of RFC 4648: base16, base32 or base64 with some alphabet.</summary>
/// <remarks>
/// Reads what Go's encoders read: bits that are left over in the last character may be anything, CR and LF between
/// digits of base32 and base64 count for nothing, and a last group of unpadded base32 that is too short for a byte is
/// dropped. Stricter in one place: nothing stands behind the padding. Why not SimpleBase: docs/adr/0002.
/// </remarks>
internal sealed class PowerOfTwoBase
{
    private const byte NoDigit = 0xFF;
    private const byte Pad = (byte)'=';

    private readonly byte[] _alphabet;
    private readonly byte[] _values = new byte[256];
    private readonly int _bits;
    private readonly int _group;
    private readonly bool _padded;

    private PowerOfTwoBase(string alphabet, bool padded, bool anyCase)
    {
        _alphabet = Encoding.ASCII.GetBytes(alphabet);
        _bits = int.Log2(alphabet.Length);
        _group = _bits switch { 4 => 2, 5 => 8, _ => 4 };
        _padded = padded;
        _values.AsSpan().Fill(NoDigit);
        for (var i = 0; i < alphabet.Length; i++)
        {
            _values[alphabet[i]] = (byte)i;
            if (anyCase)
            {
                _values[char.ToLowerInvariant(alphabet[i])] = (byte)i;
                _values[char.ToUpperInvariant(alphabet[i])] = (byte)i;
            }
        }
    }

    /// <summary>An encoding whose digits are read in the case of the alphabet only.</summary>
    public static PowerOfTwoBase Exact(string alphabet, bool padded = false) => new(alphabet, padded, anyCase: false);

    /// <summary>An encoding whose digits are written in the case of the alphabet and read in any.</summary>
    public static PowerOfTwoBase AnyCase(string alphabet, bool padded = false) => new(alphabet, padded, anyCase: true);

    /// <summary>The length of the text for some bytes.</summary>
    public int TextLength(int bytes) => _padded
        ? (int)(((long)bytes * 8 + _bits * _group - 1) / (_bits * _group) * _group)
        : (int)(((long)bytes * 8 + _bits - 1) / _bits);

    /// <summary>Writes bytes as text; the destination has <see cref="TextLength"/> bytes at least.</summary>
    public int Encode(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        var length = TextLength(bytes.Length);
        destination = destination[..length];
        int written = 0, held = 0;
        uint buffer = 0;
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (held += 8; held >= _bits; destination[written++] = _alphabet[(buffer >> held) & MaskOf(_bits)])
            {
                held -= _bits;
            }
        }

        if (held > 0)
        {
            destination[written++] = _alphabet[(buffer << (_bits - held)) & MaskOf(_bits)];
        }

        destination[written..].Fill(Pad);
        return length;
    }

    /// <summary>Reads text; returns the rule that it breaks and the character, or null.</summary>
    /// <param name="text">The text, ASCII where it is valid.</param>
    /// <param name="destination">Where the bytes go.</param>
    /// <param name="written">The number of bytes; undefined after an error.</param>
    /// <param name="impliedPadding">How many '=' are to be thought behind the text.</param>
    public DecodeError? Decode(ReadOnlySpan<byte> text, Span<byte> destination, out int written, int impliedPadding = 0)
    {
        written = 0;
        var digits = 0;
        var held = 0;
        uint buffer = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var value = _values[text[i]];
            if (value == NoDigit)
            {
                if (IsNewLine(text[i]))
                {
                    continue;
                }

                return _padded && text[i] == Pad
                    ? EndPadded(digits % _group, PaddingIn(text[i..], impliedPadding), i)
                    : new DecodeError(BaseRules.Character, i);
            }

            digits++;
            buffer = (buffer << _bits) | value;
            held += _bits;
            if (held >= 8)
            {
                if (written == destination.Length)
                {
                    return new DecodeError(BaseRules.TooLong, i);
                }

                held -= 8;
                destination[written++] = (byte)(buffer >> held);
            }
        }

        return _padded ? EndPadded(digits % _group, impliedPadding, text.Length) : EndUnpadded(digits % _group, text.Length, ref written);
    }

    private static uint MaskOf(int bits) => (1u << bits) - 1;

    private bool IsNewLine(byte c) => c is (byte)'\n' or (byte)'\r' && _bits != 4;

    // The number of '=' at the end of the text, or -1 when something else stands among them.
    private int PaddingIn(ReadOnlySpan<byte> end, int implied)
    {
        var count = implied;
        foreach (var c in end)
        {
            if (c == Pad)
            {
                count++;
            }
            else if (!IsNewLine(c))
            {
                return -1;
            }
        }

        return count;
    }

    private DecodeError? EndPadded(int rest, int padding, int position)
    {
        Debug.Assert(_padded);
        var wanted = rest == 0 ? 0 : _group - rest;
        return padding == wanted && (rest == 0 || HoldsBytes(rest)) ? null : new DecodeError(BaseRules.Padding, position);
    }

    private DecodeError? EndUnpadded(int rest, int position, ref int written)
    {
        if (rest == 0 || HoldsBytes(rest))
        {
            return null;
        }

        if (_bits != 5)
        {
            return new DecodeError(BaseRules.Length, position);
        }

        // go-base32 decodes nothing of a last group of 1, 3 or 6 digits and does not call it an error.
        written -= rest * _bits / 8;
        return null;
    }

    // Whether a last group of so many digits is one that some number of bytes is written as.
    private bool HoldsBytes(int rest) => rest * _bits % 8 < _bits;
}
