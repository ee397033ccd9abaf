namespace Libp2p;

/// <summary>IP addresses. Either protocol takes either kind of text, as far as the address fits, as in Go.</summary>
internal sealed class IpCodec(int size) : ValueCodec
{
    private const string Rule4 = "an ip4 address is four decimal numbers from 0 to 255 without zeros in front, with dots between them";
    private const string Rule6 = "an ip6 address is written as RFC 4291 says, without a zone";

    public static IpCodec Ip4 { get; } = new(4);

    public static IpCodec Ip6 { get; } = new(16);

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = size;
        Span<byte> ip = stackalloc byte[16];
        if (!IpParser.TryParse(text, ip) || (size == 4 && !IpParser.IsMapped(ip)))
        {
            return new DecodeError(size == 4 ? Rule4 : Rule6, 0);
        }

        return ip[^size..].TryCopyTo(destination) ? null : new DecodeError(TooManyBytes, 0);
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value) => null;

    public override int MaxTextLength(int valueLength) => IpFormatter.MaxLength;

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination) =>
        size == 4 ? IpFormatter.Format4(value, destination) : IpFormatter.Format6(value, destination);
}
