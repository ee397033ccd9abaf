namespace Libp2p;

/// <summary>Hashes of certificates: multihashes in any multibase, written in base64url.</summary>
internal sealed class CertHashCodec : ValueCodec
{
    public static CertHashCodec Instance { get; } = new();

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written) =>
        MultibaseCodec.Decode(text, destination, out written) ?? Check(destination[..written])?.AtStart();

    public override DecodeError? Check(ReadOnlySpan<byte> value) => Multihash.Check(value, out _, out _);

    public override int MaxTextLength(int valueLength) => 1 + MultibaseCodec.Base64Url.TextLength(valueLength);

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        destination[0] = (byte)Multibase.Base64Url;
        return 1 + MultibaseCodec.Base64Url.Encode(value, destination[1..]);
    }
}
