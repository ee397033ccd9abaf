using System.Buffers.Binary;

namespace Libp2p.Peerstore;

/// <summary>The parts of an export around the entries: <c>docs/formats/export.md</c>.</summary>
internal static class ExportFormat
{
    /// <summary>The version that is written, and the only one there is.</summary>
    public const byte Version = 1;

    /// <summary>The bytes of the header: magic, version, time, checksum.</summary>
    public const int HeaderLength = 8 + VersionLength + sizeof(long) + sizeof(uint);

    /// <summary>The bytes before each entry: tag, length, checksum.</summary>
    public const int HeadLength = TagLength + sizeof(uint) + sizeof(uint);

    /// <summary>The bytes of the end mark: tag, count, checksum.</summary>
    public const int EndLength = TagLength + sizeof(long) + sizeof(uint);

    public const byte EndTag = 0;
    public const byte EntryTag = 1;

    private const int VersionLength = 1;
    private const int TagLength = 1;

    /// <summary>Not a text, and broken by whoever takes it for one: line ends of both kinds, as in PNG.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'l', (byte)'2', (byte)'p', 0x0D, 0x0A, 0x1A, 0x0A];

    public static void WriteHeader(long made, EntryBuffer output)
    {
        var start = output.Length;
        output.Put(Magic);
        output.PutByte(Version);
        output.PutInt64(made);
        PutChecksum(start, output);
    }

    /// <summary>Writes what stands before an entry.</summary>
    /// <param name="length">The bytes that follow: the peer's ID behind its length, and the entry.</param>
    /// <param name="output">Where to.</param>
    public static void WriteHead(int length, EntryBuffer output)
    {
        var start = output.Length;
        output.PutByte(EntryTag);
        output.PutUInt32((uint)length);
        PutChecksum(start, output);
    }

    public static void WriteEnd(long count, EntryBuffer output)
    {
        var start = output.Length;
        output.PutByte(EndTag);
        output.PutInt64(count);
        PutChecksum(start, output);
    }

    /// <summary>Whether a part ends in the checksum of what stands in it.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> part) =>
        BinaryPrimitives.ReadUInt32LittleEndian(part[^sizeof(uint)..]) == EntryFormat.Checksum(part[..^sizeof(uint)]);

    /// <summary>When an export was made, out of its header.</summary>
    public static long MadeIn(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadInt64LittleEndian(header[(Magic.Length + VersionLength)..]);

    /// <summary>How many bytes follow, out of what stands before them.</summary>
    public static uint LengthIn(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32LittleEndian(head[TagLength..]);

    /// <summary>How many entries there are, out of the end mark.</summary>
    public static long CountIn(ReadOnlySpan<byte> end) => BinaryPrimitives.ReadInt64LittleEndian(end[TagLength..]);

    private static void PutChecksum(int start, EntryBuffer output) => output.PutUInt32(EntryFormat.Checksum(output.Written[start..]));
}
