namespace Libp2p;

/// <summary>Names that are their own text: domain names and zones. Any bytes but a slash, as in Go.</summary>
internal sealed class NameCodec : ValueCodec
{
    private const string Rule = "a name is not empty and has no slash";

    public static NameCodec Instance { get; } = new();

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        return Check(text) ?? Copy(text, destination, out written);
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value) =>
        value.IsEmpty ? new DecodeError(Rule, 0)
        : value.IndexOf((byte)'/') is >= 0 and var slash ? new DecodeError(Rule, slash)
        : null;

    public override int MaxTextLength(int valueLength) => valueLength;

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        value.CopyTo(destination);
        return value.Length;
    }
}
