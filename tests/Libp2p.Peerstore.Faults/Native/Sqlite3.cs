using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Faults;

/// <summary>What of SQLite is called directly.</summary>
/// <remarks>
/// By the same name as SQLitePCLRaw's provider has it, from the same folder: the loader gives both the same module. A
/// file system that was registered with another one could not be opened by its name.
/// </remarks>
internal static unsafe partial class Sqlite3
{
    private const string Library = "e_sqlite3";

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    public static partial NativeVfs* FindVfs(byte* name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    public static partial int RegisterVfs(NativeVfs* vfs, int makeDefault);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_unregister")]
    [UnmanagedCallConv(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    public static partial int UnregisterVfs(NativeVfs* vfs);
}
