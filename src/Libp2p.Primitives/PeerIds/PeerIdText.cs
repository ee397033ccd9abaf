namespace Libp2p;

/// <summary>The text forms of a peer ID, by the rules of go-libp2p's <c>peer.Decode</c>.</summary>
internal static class PeerIdText
{
    /// <summary>The length of the longest base58 text of a peer ID.</summary>
    public const int MaxBase58Length = 65;

    /// <summary>The length of the longest text that is looked at: base2 takes 393 characters.</summary>
    public const int MaxLength = 512;

    public const string TooLong = "a peer ID has at most 47 bytes";

    private const string Empty = "a peer ID is not empty";
    public const string TextTooLong = "the text of a peer ID has at most 512 characters";

    /// <summary>The text that <see cref="Read"/> takes for every ID: base58 where it is taken for that, else the CID.</summary>
    public static string ToReadable(in PeerId peer)
    {
        var text = peer.ToString();
        return peer.IsEmpty || text.StartsWith('1') || text.StartsWith("Qm", StringComparison.Ordinal) ? text : peer.ToCid();
    }

    /// <summary>Reads a text in UTF-8 into the bytes of a multihash; returns the rule that it breaks and the byte, or null.</summary>
    /// <param name="text">The text, in any form.</param>
    /// <param name="destination">At least 47 bytes.</param>
    /// <param name="written">The number of bytes.</param>
    public static DecodeError? Read(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.IsEmpty)
        {
            return new DecodeError(Empty, 0);
        }

        if (text[0] == '1' || text.StartsWith("Qm"u8))
        {
            // The work of base58 grows with the square of the length.
            return text.Length > MaxBase58Length ? new DecodeError(TooLong, MaxBase58Length)
                : Shortened(RadixBase.Base58.Decode(text, destination[..PeerId.MaxLength], out written))
                    ?? Multihash.Check(destination[..written], out _, out _)?.AtStart();
        }

        return text.Length > MaxLength ? new DecodeError(TextTooLong, MaxLength) : ReadCid(text, destination, out written);
    }

    private static DecodeError? ReadCid(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        // Room for a version and a codec that are not minimal, so that they are what the answer names.
        Span<byte> cid = stackalloc byte[64];
        if (Shortened(MultibaseCodec.Decode(text, cid, out written)) is { } badText)
        {
            return badText;
        }

        if (Cid.ReadPeer(cid[..written], out var multihash) is { } badCid)
        {
            return badCid.AtStart();
        }

        written = multihash.Length;
        return Multihash.Check(multihash, out _, out _)?.AtStart()
            ?? (multihash.TryCopyTo(destination[..PeerId.MaxLength]) ? null : new DecodeError(TooLong, 0));
    }

    // The limit that counts here is that on the peer ID.
    private static DecodeError? Shortened(DecodeError? error) =>
        ReferenceEquals(error?.Rule, BaseRules.TooLong) ? error!.Value with { Rule = TooLong } : error;
}
