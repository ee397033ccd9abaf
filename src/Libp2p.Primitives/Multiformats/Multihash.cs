namespace Libp2p;

/// <summary>Multihashes: a varint that names the hash function, a varint with the digest's length, the digest.</summary>
internal static class Multihash
{
    /// <summary>The identity function: the digest is the data itself.</summary>
    public const ulong Identity = 0x00;

    /// <summary>SHA-256.</summary>
    public const ulong Sha256 = 0x12;

    private const string TooShort = "a multihash has at least 2 bytes";
    private const string Cut = "the digest of a multihash is as long as the multihash says, but it is shorter";
    private const string Excess = "the digest of a multihash is as long as the multihash says, but it is longer";

    /// <summary>Checks that the bytes are one multihash; returns the rule that they break, or null.</summary>
    /// <remarks>Any hash function and any length of digest pass, as in go-multihash.</remarks>
    public static DecodeError? Check(ReadOnlySpan<byte> bytes, out ulong code, out ReadOnlySpan<byte> digest)
    {
        digest = default;
        code = 0;
        if (bytes.Length < 2)
        {
            return new DecodeError(TooShort, 0);
        }

        if (Varint.Read(bytes, out code, out var codeLength) is { } badCode)
        {
            return new DecodeError(badCode, 0);
        }

        if (Varint.Read(bytes[codeLength..], out var length, out var lengthLength) is { } badLength)
        {
            return new DecodeError(badLength, codeLength);
        }

        digest = bytes[(codeLength + lengthLength)..];
        return length == (ulong)digest.Length ? null : new DecodeError(length > (ulong)digest.Length ? Cut : Excess, codeLength);
    }
}
