namespace Libp2p.Peerstore.Tests;

/// <summary>IDs as those of Ed25519 keys, without the time it takes to make keys.</summary>
internal static class RandomIds
{
    /// <summary>How many of the bytes belong to the key, at the end.</summary>
    public const int KeyLength = 32;

    public static PeerId Next()
    {
        Span<byte> key = stackalloc byte[KeyLength];
        Random.Shared.NextBytes(key);
        return Of(key);
    }

    public static PeerId Of(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> head = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];
        Span<byte> id = stackalloc byte[head.Length + KeyLength];
        head.CopyTo(id);
        key.CopyTo(id[head.Length..]);
        return PeerId.Decode(id);
    }
}
