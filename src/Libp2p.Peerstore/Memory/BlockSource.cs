namespace Libp2p.Peerstore;

/// <summary>Where blocks of memory outside of the garbage collector's heap come from, and go back to.</summary>
/// <remarks>
/// <para>
/// Outside, because memory that a store gives back shall be the system's again at once and without a collection: of arrays
/// in the large-object heap nine tenths that were dropped stayed with the process (<c>docs/adr/0010</c>).
/// </para>
/// <para>
/// On Linux blocks are cut from arenas of address space that is reserved and becomes memory page by page when it is
/// written. A block that comes back is kept warm, or its pages are returned; its addresses are used again. Elsewhere each
/// block is an allocation of the C library's. Memory lives until the source is disposed or forgotten, so nobody may use a
/// block of a source that it does not hold.
/// </para>
/// </remarks>
internal sealed unsafe class BlockSource(MemoryUse use) : IDisposable
{
    /// <summary>The bytes of a block; an ordinary one, into which records of many peers go.</summary>
    public const int BlockSize = 1 << 16;

    private const int BlocksPerArena = 512;
    private const int MaxWarm = 8;

    // Guards: all fields below. Order: the innermost lock, taken under a shard's gate. Never under it: anything but
    // calls of the system's memory functions.
    private readonly Lock _gate = new();
    private readonly List<NativeRegion> _arenas = [];
    private readonly Dictionary<nint, NativeRegion> _single = [];
    private readonly Stack<nint> _warm = new(MaxWarm);
    private readonly Stack<nint> _cold = [];
    private int _cut = BlocksPerArena;

    /// <summary>What is asked before memory is taken, and told what was.</summary>
    public MemoryUse Use => use;

    /// <summary>Gets an ordinary block; what stands in it is undefined.</summary>
    /// <exception cref="OutOfMemoryException">The system has no memory left; nothing has happened.</exception>
    public byte* Take()
    {
        use.Ask();
        lock (_gate)
        {
            if (_warm.TryPop(out var block) || _cold.TryPop(out block))
            {
                return (byte*)block;
            }

            return OperatingSystem.IsLinux() ? CutFromArenaLocked() : AllocateLocked(BlockSize);
        }
    }

    /// <summary>Gets a block for one record that is larger than an ordinary one.</summary>
    /// <exception cref="OutOfMemoryException">The system has no memory left; nothing has happened.</exception>
    public byte* TakeLarge(int size)
    {
        use.Ask();
        lock (_gate)
        {
            return AllocateLocked(size);
        }
    }

    public void Return(byte* block)
    {
        lock (_gate)
        {
            if (_warm.Count < MaxWarm)
            {
                _warm.Push((nint)block);
            }
            else if (OperatingSystem.IsLinux())
            {
                NativeRegion.ReturnPages(block, BlockSize);
                _cold.Push((nint)block);
            }
            else
            {
                FreeLocked(block);
            }
        }
    }

    public void ReturnLarge(byte* block)
    {
        lock (_gate)
        {
            FreeLocked(block);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var region in _arenas.Concat(_single.Values))
            {
                region.Dispose();
            }

            _arenas.Clear();
            _single.Clear();
            _warm.Clear();
            _cold.Clear();
            _cut = BlocksPerArena;
        }
    }

    private byte* CutFromArenaLocked()
    {
        if (_cut == BlocksPerArena)
        {
            // Who gives blocks back frees memory, and must not need any for it.
            _cold.EnsureCapacity((_arenas.Count + 1) * BlocksPerArena);
            _arenas.Add(NativeRegion.Map((nuint)BlocksPerArena * BlockSize, use));
            _cut = 0;
        }

        return _arenas[^1].Start + ((nint)_cut++ * BlockSize);
    }

    private byte* AllocateLocked(int size)
    {
        var region = NativeRegion.Allocate(size, use);
        _single.Add((nint)region.Start, region);
        return region.Start;
    }

    private void FreeLocked(byte* block)
    {
        _single.Remove((nint)block, out var region);
        region!.Dispose();
    }
}
