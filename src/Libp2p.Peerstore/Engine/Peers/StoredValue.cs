namespace Libp2p.Peerstore;

/// <summary>A metadata value in bytes, and how they are to be read.</summary>
internal readonly record struct StoredValue(StoredValueKind Kind, ReadOnlyMemory<byte> Bytes)
{
    public bool IsSame(StoredValue other) => Kind == other.Kind && Bytes.Span.SequenceEqual(other.Bytes.Span);
}
