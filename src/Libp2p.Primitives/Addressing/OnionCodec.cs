using System.Buffers.Binary;

namespace Libp2p;

/// <summary>Tor's addresses: a service's name in base32, a colon and a port.</summary>
internal sealed class OnionCodec(int nameBytes, string rule) : ValueCodec
{
    private const string PortRule = "the port of an onion address is a decimal number from 1 to 65535";

    private static readonly PowerOfTwoBase Base32 = PowerOfTwoBase.AnyCase("abcdefghijklmnopqrstuvwxyz234567", padded: true);

    /// <summary>Version 2: the first 10 bytes of a hash.</summary>
    public static OnionCodec Onion { get; } = new(10, "an onion address is 16 digits of base32, a colon and a port");

    /// <summary>Version 3: a key, a checksum and the version, 35 bytes.</summary>
    public static OnionCodec Onion3 { get; } = new(35, "an onion3 address is 56 digits of base32, a colon and a port");

    private int NameDigits => nameBytes * 8 / 5;

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = nameBytes + sizeof(ushort);
        var colon = text.IndexOf((byte)':');
        if (colon < 0 || text[(colon + 1)..].Contains((byte)':'))
        {
            return new DecodeError(rule, colon < 0 ? text.Length : text.LastIndexOf((byte)':'));
        }

        if (destination.Length < written)
        {
            return new DecodeError(TooManyBytes, 0);
        }

        // Go decodes 56 characters of onion3 that are fewer digits (padding, line ends) and then reads beyond the end.
        // The digits are counted here after decoding, so that it cannot happen.
        if (Base32.Decode(text[..colon], destination[..nameBytes], out var decoded) is { } broken)
        {
            return broken with { Rule = rule };
        }

        if (decoded != nameBytes)
        {
            return new DecodeError(rule, 0);
        }

        if (!NumberCodec.TryParseDigits(text[(colon + 1)..], ushort.MaxValue, out var port) || port == 0)
        {
            return new DecodeError(PortRule, colon + 1);
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination[nameBytes..], (ushort)port);
        return null;
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value) =>
        value[nameBytes..].IndexOfAnyExcept((byte)0) < 0 ? new DecodeError(PortRule, nameBytes) : null;

    public override int MaxTextLength(int valueLength) => NameDigits + 1 + 20;

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var written = Base32.Encode(value[..nameBytes], destination);
        destination[written++] = (byte)':';
        return written + NumberCodec.FormatDigits(BinaryPrimitives.ReadUInt16BigEndian(value[nameBytes..]), destination[written..]);
    }
}
