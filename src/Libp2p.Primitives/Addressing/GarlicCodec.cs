namespace Libp2p;

/// <summary>I2P's addresses: a destination in I2P's own base64, or its hash in base32.</summary>
internal sealed class GarlicCodec(PowerOfTwoBase reader, PowerOfTwoBase writer, string rule) : ValueCodec
{
    private const string Digits32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Digits64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-~";

    private const int MinDestination = 386;
    private const int HashLength = 32;
    private const int MinEncryptedName = 35;

    private static readonly PowerOfTwoBase Base32 = PowerOfTwoBase.Exact(Digits32, padded: true);
    private static readonly PowerOfTwoBase Base64 = PowerOfTwoBase.Exact(Digits64, padded: true);

    public static GarlicCodec Garlic64 { get; } =
        new(Base64, Base64, "a garlic64 address is at least 386 bytes in I2P's base64 with padding");

    public static GarlicCodec Garlic32 { get; } =
        new(Base32, PowerOfTwoBase.Exact(Digits32), "a garlic32 address is 32 bytes, or at least 35, in lower-case base32");

    private bool IsGarlic64 => ReferenceEquals(reader, Base64);

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        var missing = IsGarlic64 ? 0 : (8 - text.Length % 8) % 8;
        return reader.Decode(text, destination, out written, missing) is { } broken
            ? broken with { Rule = ReferenceEquals(broken.Rule, BaseRules.TooLong) ? TooManyBytes : rule }
            : Check(destination[..written]);
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value)
    {
        var fits = IsGarlic64 ? value.Length >= MinDestination : value.Length is HashLength or >= MinEncryptedName;
        return fits ? null : new DecodeError(rule, 0);
    }

    public override int MaxTextLength(int valueLength) => writer.TextLength(valueLength);

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination) => writer.Encode(value, destination);
}
