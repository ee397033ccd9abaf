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

    /// <summary>Reads a text in UTF-8 into the bytes of a multihash; returns the rule that it breaks, or null.</summary>
    /// <param name="text">The text, in any form.</param>
    /// <param name="destination">At least 47 bytes.</param>
    /// <param name="written">The number of bytes.</param>
    public static string? Read(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.IsEmpty)
        {
            return Empty;
        }

        if (text[0] == '1' || text.StartsWith("Qm"u8))
        {
            // The work of base58 grows with the square of the length.
            return text.Length > MaxBase58Length ? TooLong
                : Shortened(RadixBase.Base58.Decode(text, destination[..PeerId.MaxLength], out written))
                    ?? Multihash.Check(destination[..written], out _, out _);
        }

        return text.Length > MaxLength ? TextTooLong : ReadCid(text, destination, out written);
    }

    private static string? ReadCid(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        // Room for a version and a codec that are not minimal, so that they are what the answer names.
        Span<byte> cid = stackalloc byte[64];
        if (Shortened(MultibaseCodec.Decode(text, cid, out written)) is { } badText)
        {
            return badText;
        }

        if (Cid.ReadPeer(cid[..written], out var multihash) is { } badCid)
        {
            return badCid;
        }

        written = multihash.Length;
        return Multihash.Check(multihash, out _, out _)
            ?? (multihash.TryCopyTo(destination[..PeerId.MaxLength]) ? null : TooLong);
    }

    // The limit that counts here is that on the peer ID.
    private static string? Shortened(string? rule) => ReferenceEquals(rule, BaseRules.TooLong) ? TooLong : rule;
}
