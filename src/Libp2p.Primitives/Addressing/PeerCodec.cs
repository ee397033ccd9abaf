namespace Libp2p;

/// <summary>Peer IDs in a multiaddr: only those that a key can have, sha2-256 or identity.</summary>
internal sealed class PeerCodec : ValueCodec
{
    private const string Function = "the peer ID in a multiaddr is a multihash with sha2-256 or identity";
    private const string Length = "the peer ID in a multiaddr has a digest of 32 bytes when it is a sha2-256";

    public static PeerCodec Instance { get; } = new();

    /// <summary>Whether an ID can stand in a multiaddr. <c>default</c> cannot.</summary>
    public static bool IsValue(in PeerId peer) => Instance.Check(peer.Bytes) is null;

    public override DecodeError? Parse(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        Span<byte> bytes = stackalloc byte[PeerId.MaxLength];
        if (PeerIdText.Read(text, bytes, out written) is { } broken)
        {
            return broken;
        }

        bytes = bytes[..written];
        return Check(bytes)?.AtStart() ?? Copy(bytes, destination, out written);
    }

    public override DecodeError? Check(ReadOnlySpan<byte> value)
    {
        if (value.Length > PeerId.MaxLength)
        {
            return new DecodeError(PeerIdText.TooLong, PeerId.MaxLength);
        }

        if (Multihash.Check(value, out var code, out var digest) is { } broken)
        {
            return broken;
        }

        return code switch
        {
            Multihash.Identity => null,
            Multihash.Sha256 => digest.Length == 32 ? null : new DecodeError(Length, 1),
            _ => new DecodeError(Function, 0),
        };
    }

    public override int MaxTextLength(int valueLength) => PeerIdText.MaxBase58Length;

    public override int Format(ReadOnlySpan<byte> value, Span<byte> destination) => RadixBase.Base58.Encode(value, destination);
}
