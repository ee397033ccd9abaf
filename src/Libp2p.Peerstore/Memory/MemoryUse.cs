namespace Libp2p.Peerstore;

/// <summary>What one store has of the system's memory. Thread-safe.</summary>
/// <remarks>
/// It outlives its store, so that somebody can see that the memory of one that was forgotten has gone back. And it is
/// asked before memory is taken for blocks and tables, never for a single peer: a test refuses there, to see what holds then.
/// </remarks>
internal sealed class MemoryUse
{
    private long _bytes;

    /// <summary>The bytes outside of the collector's heap: address space, be there memory behind it or not.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Throws what an allocation throws that is refused; null where the system alone decides.</summary>
    public Action? Asked { get; set; }

    /// <summary>Comes before every allocation that is not a peer's own.</summary>
    public void Ask() => Asked?.Invoke();

    public void Count(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
