using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Libp2p;

/// <summary>An encoding that writes the bytes as one large number: base58 or base36.</summary>
/// <remarks>
/// The work grows with the square of the length, hence the limit on it. Ten digits are handled at a time, which is an
/// order of magnitude faster than digit by digit, and divisions are multiplications by a reciprocal, since the radix is
/// no constant that the compiler could see. Why not SimpleBase: docs/adr/0002.
/// </remarks>
internal sealed class RadixBase
{
    /// <summary>The longest text that is read.</summary>
    public const int MaxTextLength = 1024;

    /// <summary>The most bytes that are written.</summary>
    public const int MaxBytes = 512;

    private const byte NoDigit = 0xFF;

    private readonly byte[] _alphabet;
    private readonly byte[] _values = new byte[128];
    private readonly uint _radix;

    // The digits that fit in 32 and in 63 bits, and the radix to that power for the former.
    private readonly int _digitsPer32;
    private readonly int _digitsPer63;
    private readonly uint _step32;

    // 2^64 / step, rounded down, and 2^64 / radix, rounded up.
    private readonly ulong _stepReciprocal;
    private readonly ulong _radixReciprocal;

    public RadixBase(string alphabet, bool anyCase)
    {
        _alphabet = Encoding.ASCII.GetBytes(alphabet);
        _radix = (uint)alphabet.Length;
        _digitsPer32 = (int)Math.Floor(32 / Math.Log2(_radix));
        _digitsPer63 = (int)Math.Floor(63 / Math.Log2(_radix));
        _step32 = (uint)BigInteger.Pow(_radix, _digitsPer32);
        _stepReciprocal = ulong.MaxValue / _step32;
        _radixReciprocal = ulong.MaxValue / _radix + 1;
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

    /// <summary>Base58 with Bitcoin's alphabet, the usual form of a peer ID.</summary>
    public static RadixBase Base58 { get; } = new("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", anyCase: false);

    /// <summary>Writes bytes as text; the destination has room for the longest text that so many bytes can have.</summary>
    public int Encode(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxBytes, nameof(bytes));
        var zeros = CountOfLeading<byte>(0, bytes);
        var number = bytes[zeros..];
        Span<uint> limbs = stackalloc uint[(number.Length + 3) / 4];
        FillLimbs(number, limbs);

        destination[..zeros].Fill(_alphabet[0]);
        var written = zeros;
        while (limbs.Length > 0)
        {
            var rest = DivideByStep(limbs);
            limbs = limbs[CountOfLeading<uint>(0, limbs)..];
            for (var i = 0; i < _digitsPer32 && (rest > 0 || limbs.Length > 0); i++)
            {
                // Exact for 32 bits (Lemire, Kaser and Kurz 2019).
                var quotient = (uint)Math.BigMul(rest, _radixReciprocal, out _);
                destination[written++] = _alphabet[rest - quotient * _radix];
                rest = quotient;
            }
        }

        destination[zeros..written].Reverse();
        return written;
    }

    /// <summary>Reads text; returns the rule that it breaks and the character, or null.</summary>
    public DecodeError? Decode(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.Length > MaxTextLength)
        {
            return new DecodeError(BaseRules.TooLong, MaxTextLength);
        }

        var zeros = CountOfLeading(_alphabet[0], text);
        Span<ulong> limbs = stackalloc ulong[(text.Length - zeros) / _digitsPer63 + 1];
        var used = 0;
        for (var rest = text[zeros..]; !rest.IsEmpty; rest = rest[Math.Min(_digitsPer63, rest.Length)..])
        {
            if (!TryReadDigits(rest[..Math.Min(_digitsPer63, rest.Length)], out var digits, out var scale))
            {
                return new DecodeError(BaseRules.Character, FirstBad(text));
            }

            MultiplyAndAdd(limbs, ref used, scale, digits);
        }

        var length = used == 0 ? 0 : used * 8 - BitOperations.LeadingZeroCount(limbs[used - 1]) / 8;
        written = zeros + length;
        if (written > destination.Length)
        {
            return new DecodeError(BaseRules.TooLong, 0);
        }

        destination[..zeros].Clear();
        WriteNumber(limbs[..used], destination[zeros..written]);
        return null;
    }

    private static int CountOfLeading<T>(T value, ReadOnlySpan<T> span)
        where T : IEquatable<T>
    {
        var first = span.IndexOfAnyExcept(value);
        return first < 0 ? span.Length : first;
    }

    // Big-endian bytes into limbs of 32 bits, the most significant first.
    private static void FillLimbs(ReadOnlySpan<byte> number, Span<uint> limbs)
    {
        for (var i = limbs.Length - 1; i >= 0; i--)
        {
            var start = Math.Max(number.Length - 4, 0);
            uint limb = 0;
            foreach (var b in number[start..])
            {
                limb = (limb << 8) | b;
            }

            limbs[i] = limb;
            number = number[..start];
        }
    }

    private static void MultiplyAndAdd(Span<ulong> limbs, ref int used, ulong factor, ulong summand)
    {
        var carry = summand;
        foreach (ref var limb in limbs[..used])
        {
            var high = Math.BigMul(limb, factor, out var low);
            low += carry;
            carry = high + (low < carry ? 1UL : 0UL);
            limb = low;
        }

        if (carry != 0)
        {
            limbs[used++] = carry;
        }
    }

    // Limbs of 64 bits, the least significant first, into big-endian bytes.
    private static void WriteNumber(ReadOnlySpan<ulong> limbs, Span<byte> destination)
    {
        foreach (var limb in limbs)
        {
            if (destination.Length >= 8)
            {
                BinaryPrimitives.WriteUInt64BigEndian(destination[^8..], limb);
                destination = destination[..^8];
                continue;
            }

            for (var rest = limb; !destination.IsEmpty; rest >>= 8)
            {
                destination[^1] = (byte)rest;
                destination = destination[..^1];
            }
        }
    }

    // Divides in place and returns what is left over.
    private uint DivideByStep(Span<uint> limbs)
    {
        ulong rest = 0;
        foreach (ref var limb in limbs)
        {
            // Below 2^64, so the quotient by the reciprocal is right or one too small.
            var dividend = (rest << 32) | limb;
            var quotient = Math.BigMul(dividend, _stepReciprocal, out _);
            rest = dividend - quotient * _step32;
            if (rest >= _step32)
            {
                quotient++;
                rest -= _step32;
            }

            limb = (uint)quotient;
        }

        return (uint)rest;
    }

    private int FirstBad(ReadOnlySpan<byte> text)
    {
        var position = 0;
        while (IsDigit(text[position]))
        {
            position++;
        }

        return position;
    }

    private bool IsDigit(byte c) => c < _values.Length && _values[c] != NoDigit;

    private bool TryReadDigits(ReadOnlySpan<byte> text, out ulong digits, out ulong scale)
    {
        digits = 0;
        scale = 1;
        foreach (var c in text)
        {
            if (!IsDigit(c))
            {
                return false;
            }

            digits = digits * _radix + _values[c];
            scale *= _radix;
        }

        return true;
    }
}
