using System.Runtime.InteropServices;

namespace Libp2p.Peerstore;

/// <summary>A piece of memory outside of the garbage collector's heap, which goes back when this is disposed or forgotten.</summary>
internal sealed unsafe partial class NativeRegion : SafeHandle
{
    // Linux's numbers, the same on its x86, ARM, POWER, RISC-V, LoongArch and s390.
    private const int ReadWrite = 0x3;
    private const int PrivateAnonymous = 0x22;
    private const int DontNeed = 4;

    private readonly nuint _length;
    private readonly bool _isMapped;
    private readonly MemoryUse _use;

    private NativeRegion(nint start, nuint length, bool isMapped, MemoryUse use)
        : base(invalidHandleValue: 0, ownsHandle: true)
    {
        (_length, _isMapped, _use) = (length, isMapped, use);
        use.Count((long)length);
        SetHandle(start);
    }

    public override bool IsInvalid => handle == 0;

    public byte* Start => (byte*)handle;

    /// <summary>Reserves address space that becomes memory, of zeros, page by page when it is written. Linux only.</summary>
    public static NativeRegion Map(nuint length, MemoryUse use)
    {
        var start = Map(0, length, ReadWrite, PrivateAnonymous, -1, 0);
#pragma warning disable MA0012 // Callers see the same where blocks are allocations of the C library.
        return start == -1
            ? throw new InsufficientMemoryException("The system has no address space left for the peerstore.")
            : new(start, length, isMapped: true, use);
#pragma warning restore MA0012
    }

    public static NativeRegion Allocate(int length, MemoryUse use) =>
        new((nint)NativeMemory.Alloc((nuint)length), (nuint)length, isMapped: false, use);

    /// <summary>Gives the pages of a part of a mapped region back; the addresses stay.</summary>
    public static void ReturnPages(byte* start, int length) =>
        // It cannot fail for pages that are mapped; if it did, they would stay ours.
        _ = Advise(start, (nuint)length, DontNeed);

    protected override bool ReleaseHandle()
    {
        _use.Count(-(long)_length);
        if (_isMapped)
        {
            return Unmap(handle, _length) == 0;
        }

        NativeMemory.Free((void*)handle);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
