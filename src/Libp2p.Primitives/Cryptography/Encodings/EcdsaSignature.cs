using System.Formats.Asn1;

namespace Libp2p;

/// <summary>
/// An ECDSA signature in DER: a sequence of exactly two positive integers, each in its shortest form, and nothing
/// behind it.
/// </summary>
/// <remarks>
/// Read by hand rather than with a library, since a bad signature is an everyday answer here, not an exception.
/// </remarks>
internal static class EcdsaSignature
{
    private const byte SequenceTag = 0x30;
    private const byte IntegerTag = 0x02;
    private const byte OneLengthByte = 0x81;
    private const byte HighBit = 0x80;

    /// <summary>
    /// Splits a signature into r and s, without leading zeros; neither is 0 or longer than the curve's field.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> der, int fieldBytes, out ReadOnlySpan<byte> r, out ReadOnlySpan<byte> s)
    {
        r = s = default;
        return TryReadValue(ref der, SequenceTag, out var integers)
            && der.IsEmpty
            && TryReadInteger(ref integers, fieldBytes, out r)
            && TryReadInteger(ref integers, fieldBytes, out s)
            && integers.IsEmpty;
    }

    /// <summary>Whether the bytes are a signature in strict DER for a curve of this size.</summary>
    public static bool IsStrict(ReadOnlySpan<byte> der, int fieldBytes) => TryRead(der, fieldBytes, out _, out _);

    /// <summary>Writes r and s, big-endian and of any length, in DER.</summary>
    public static byte[] Write(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(TrimZeros(r));
            writer.WriteIntegerUnsigned(TrimZeros(s));
        }

        return writer.Encode();
    }

    private static bool TryReadInteger(scoped ref ReadOnlySpan<byte> bytes, int fieldBytes, out ReadOnlySpan<byte> magnitude)
    {
        magnitude = default;
        if (!TryReadValue(ref bytes, IntegerTag, out var value) || value.IsEmpty || value[0] >= HighBit)
        {
            return false;
        }

        if (value[0] == 0)
        {
            // A zero in front is there to keep the number positive, never for nothing; alone it is the number 0.
            if (value.Length == 1 || value[1] < HighBit)
            {
                return false;
            }

            value = value[1..];
        }

        magnitude = value;
        return value.Length <= fieldBytes;
    }

    private static bool TryReadValue(scoped ref ReadOnlySpan<byte> bytes, byte tag, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (bytes.Length < 2 || bytes[0] != tag)
        {
            return false;
        }

        // The longest signature here (P-521) needs one length byte behind 0x81; anything below 0x80 must do without.
        var start = 2;
        int length = bytes[1];
        if (length == OneLengthByte && bytes.Length > 2 && bytes[2] >= HighBit)
        {
            start = 3;
            length = bytes[2];
        }
        else if (length >= HighBit)
        {
            return false;
        }

        if (bytes.Length - start < length)
        {
            return false;
        }

        value = bytes.Slice(start, length);
        bytes = bytes[(start + length)..];
        return true;
    }

    private static ReadOnlySpan<byte> TrimZeros(ReadOnlySpan<byte> number)
    {
        var first = number.IndexOfAnyExcept((byte)0);
        return first < 0 ? [0] : number[first..];
    }
}
