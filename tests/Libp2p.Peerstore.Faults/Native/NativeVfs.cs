using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Faults;

/// <summary>SQLite's <c>sqlite3_vfs</c> up to its version 1, and what we keep behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVfs
{
    public int Version;
    public int FileSize;
    public int MaxPathLength;
    public NativeVfs* Next;
    public byte* Name;
    public nint AppData;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, NativeFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int> Delete;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int*, int> Access;
    public nint FullPathName;
    public nint DlOpen;
    public nint DlError;
    public nint DlSym;
    public nint DlClose;
    public nint Randomness;
    public nint Sleep;
    public nint CurrentTime;
    public nint GetLastError;

    // Version 2 begins here with xCurrentTimeInt64. Ours is of version 1, and SQLite looks no further.
    public nint Owner;

    public readonly FaultyVfs Managed => (FaultyVfs)GCHandle.FromIntPtr(Owner).Target!;
}
