using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Faults;

/// <summary>SQLite's <c>sqlite3_file</c>: whatever the file system likes, after a pointer to its methods.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFile
{
    public NativeFileMethods* Methods;
}
