using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Faults;

/// <summary>Our file. The wrapped file system's own lies right behind it, in the memory that SQLite gave for both.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFaultyFile
{
    public NativeFile Base;
    public nint Handle;

    public readonly OpenFile Managed => (OpenFile)GCHandle.FromIntPtr(Handle).Target!;

    public static NativeFile* Real(NativeFaultyFile* file) => (NativeFile*)(file + 1);
}
