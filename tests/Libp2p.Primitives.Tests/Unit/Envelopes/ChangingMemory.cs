using System.Buffers;

namespace Libp2p.Tests;

/// <summary>Memory that somebody else changes: it holds one thing at the first look and another from then on.</summary>
internal sealed class ChangingMemory(byte[] first, byte[] then) : MemoryManager<byte>
{
    /// <summary>How often somebody has looked.</summary>
    public int Looks { get; private set; }

    public override Span<byte> GetSpan() => Looks++ == 0 ? first : then;

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin()
    {
    }

    // Without asking for the span, which would count as a look.
    public ReadOnlyMemory<byte> AsMemory() => CreateMemory(first.Length);

    protected override void Dispose(bool disposing)
    {
    }
}
