using System.Buffers.Binary;

namespace Libp2p.Peerstore;

/// <summary>The section of the latency: of fixed length, so that a measurement is written over the former.</summary>
internal static class LatencySection
{
    public static long Read(ReadOnlySpan<byte> body) => BinaryPrimitives.ReadInt64LittleEndian(body);

    public static void Overwrite(long nanoseconds, Span<byte> body) =>
        BinaryPrimitives.WriteInt64LittleEndian(body, nanoseconds);

    public static void Write(long nanoseconds, EntryBuffer output)
    {
        output.PutSection(EntrySection.Latency, sizeof(long));
        output.PutInt64(nanoseconds);
    }
}
