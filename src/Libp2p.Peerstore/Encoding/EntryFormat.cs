using System.Buffers.Binary;
using System.Numerics;

namespace Libp2p.Peerstore;

/// <summary>The constants of the encoding of a peer's entry: <c>docs/formats/peer-entry.md</c>.</summary>
internal static class EntryFormat
{
    /// <summary>The version that is written.</summary>
    public const byte Version = 2;

    /// <summary>An older version, which is read and never written.</summary>
    public const byte FirstVersion = 1;

    /// <summary>CRC-32C over the peer's ID and the entry, so that an entry under another peer's name is damage, too.</summary>
    public static uint Checksum(PeerId peer, ReadOnlySpan<byte> entry) =>
        ~Append(Append(uint.MaxValue, peer.Bytes), entry);

    /// <summary>CRC-32C over bytes that are no entry.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes) => ~Append(uint.MaxValue, bytes);

    /// <summary>Whether the checksum at the end of an entry is that of the peer and what stands before it.</summary>
    public static bool IsWhole(PeerId peer, ReadOnlySpan<byte> entry) =>
        entry.Length > sizeof(uint)
        && BinaryPrimitives.ReadUInt32LittleEndian(entry[^sizeof(uint)..]) == Checksum(peer, entry[..^sizeof(uint)]);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
