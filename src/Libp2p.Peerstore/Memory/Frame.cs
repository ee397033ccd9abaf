using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Libp2p.Peerstore;

/// <summary>How a peer lies in a <see cref="RecordLog"/>: what only this process knows of it, its ID, then its sections.</summary>
/// <remarks>
/// <code>
/// 0   4  length in bytes, the highest bit set once the frame is dead
/// 4   4  number of the peer's protocol set; 0 for none
/// 8   8  the stamp of the peer's state
/// 16  1  length of the ID, then the ID, then the sections as docs/formats/peer-entry.md describes them
/// </code>
/// Frames begin at multiples of 8 bytes. Numbers in the machine's byte order: a frame never leaves its process.
/// </remarks>
internal static class Frame
{
    public const int HeaderLength = 17;
    public const int Alignment = 8;

    private const uint Dead = 1u << 31;

    /// <summary>The bytes that a frame of a length occupies.</summary>
    public static int SpaceOf(int length) => (length + Alignment - 1) & -Alignment;

    public static int LengthOf(ReadOnlySpan<byte> frame) => (int)(ReadLength(frame) & ~Dead);

    public static bool IsDead(ReadOnlySpan<byte> frame) => (ReadLength(frame) & Dead) != 0;

    public static uint ProtocolsOf(ReadOnlySpan<byte> frame) => MemoryMarshal.Read<uint>(frame[4..]);

    public static long StampOf(ReadOnlySpan<byte> frame) => MemoryMarshal.Read<long>(frame[8..]);

    public static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> frame) => frame.Slice(HeaderLength, frame[HeaderLength - 1]);

    public static ReadOnlySpan<byte> SectionsOf(ReadOnlySpan<byte> frame) => frame[(HeaderLength + frame[HeaderLength - 1])..];

    public static Span<byte> SectionsOf(Span<byte> frame) => frame[(HeaderLength + frame[HeaderLength - 1])..];

    public static void SetStamp(Span<byte> frame, long stamp) => MemoryMarshal.Write(frame[8..], stamp);

    /// <summary>Marks a frame, or a gap of a length behind a frame that has shrunk, as dead.</summary>
    public static void Kill(Span<byte> frame, int length) =>
        MemoryMarshal.Write(frame, (uint)length | Dead);

    /// <summary>Writes the head of a frame whose sections follow.</summary>
    public static void WriteHeader(Span<byte> frame, in PeerId peer, uint protocols, long stamp)
    {
        MemoryMarshal.Write(frame, (uint)frame.Length);
        MemoryMarshal.Write(frame[4..], protocols);
        SetStamp(frame, stamp);
        frame[HeaderLength - 1] = (byte)peer.Length;
        peer.Bytes.CopyTo(frame[HeaderLength..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ReadLength(ReadOnlySpan<byte> frame) => MemoryMarshal.Read<uint>(frame);
}
