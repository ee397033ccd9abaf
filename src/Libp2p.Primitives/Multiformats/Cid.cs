namespace Libp2p;

/// <summary>CIDs of version 1 with the codec libp2p-key: a peer ID in the dress of a content ID.</summary>
internal static class Cid
{
    /// <summary>The bytes in front of the multihash: the version and the codec.</summary>
    public const int PrefixLength = 2;

    private const byte Version = 1;
    private const byte Libp2pKey = 0x72;

    private const string WrongVersion = "a peer ID in the form of a CID has CID version 1";
    private const string WrongCodec = "a peer ID in the form of a CID has the codec libp2p-key (0x72)";

    /// <summary>Takes the multihash out of a CID; returns the rule that the bytes break, or null.</summary>
    public static DecodeError? ReadPeer(ReadOnlySpan<byte> cid, out ReadOnlySpan<byte> multihash)
    {
        multihash = default;
        if (Varint.Read(cid, out var version, out var versionLength) is { } badVersion)
        {
            return new DecodeError(badVersion, 0);
        }

        if (version != Version)
        {
            return new DecodeError(WrongVersion, 0);
        }

        if (Varint.Read(cid[versionLength..], out var codec, out var codecLength) is { } badCodec)
        {
            return new DecodeError(badCodec, versionLength);
        }

        if (codec != Libp2pKey)
        {
            return new DecodeError(WrongCodec, versionLength);
        }

        multihash = cid[(versionLength + codecLength)..];
        return null;
    }

    /// <summary>Writes the CID of a multihash.</summary>
    public static int WritePeer(ReadOnlySpan<byte> multihash, Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = Libp2pKey;
        multihash.CopyTo(destination[PrefixLength..]);
        return PrefixLength + multihash.Length;
    }
}
