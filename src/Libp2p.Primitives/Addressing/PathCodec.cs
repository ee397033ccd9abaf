namespace Libp2p;

/// <summary>Paths of Unix sockets, which keep their slashes and therefore end the multiaddr.</summary>
internal sealed class PathCodec : ValueCodec
{
    private const string Rule = "a path begins with a slash, goes on and does not end in one";

    public static PathCodec Instance { get; } = new();

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        return Check(text) ?? Copy(text, destination, out written);
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value) =>
        value.Length < 2 || value[0] != '/' ? new DecodeError(Rule, 0)
        : value[^1] == '/' ? new DecodeError(Rule, value.Length - 1)
        : null;

    public override int MaxTextLength(int valueLength) => valueLength;

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        value.CopyTo(destination);
        return value.Length;
    }
}
