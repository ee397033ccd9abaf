using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Faults;

/// <summary>What SQLite calls of a file system itself.</summary>
internal static unsafe class VfsCallbacks
{
    private const int OpenCreate = 0x4;
    private const int OpenMain = 0x100;
    private const int OpenJournal = 0x800;
    private const int OpenWal = 0x80000;

    /// <summary>Makes the structure that SQLite is given: ours where it matters, the wrapped one's where not.</summary>
    public static NativeVfs Wrap(NativeVfs* real, byte* name, nint owner)
    {
        // The methods that are taken over as they are get our structure, not their own. Those of Unix and of Windows
        // look at no more of it than at MaxPathLength.
        var vfs = *real;
        vfs.Version = 1;
        vfs.FileSize = sizeof(NativeFaultyFile) + real->FileSize;
        vfs.Next = null;
        vfs.Name = name;
        vfs.Owner = owner;
        vfs.Open = &Open;
        vfs.Delete = &Delete;
        vfs.Access = &Access;
        return vfs;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs* vfs, byte* name, NativeFile* file, int flags, int* flagsOut)
    {
        // SQLite closes what has methods, even if opening it failed.
        file->Methods = null;
        var owner = vfs->Managed;
        var open = new OpenFile(owner, Marshal.PtrToStringUTF8((nint)name), RoleOf(flags));
        var existed = open.Path is not null && File.Exists(open.Path);
        var verdict = open.Path is null ? default : open.Meet(FileCalls.Open);
        if (!verdict.Passes)
        {
            return verdict.Result;
        }

        var ours = (NativeFaultyFile*)file;
        var real = NativeFaultyFile.Real(ours);
        real->Methods = null;
        var result = owner.Real->Open(owner.Real, name, real, flags, flagsOut);
        if (result == SqliteCode.Ok)
        {
            result = open.RecordOpening(real, existed, isMade: (flags & OpenCreate) != 0);
        }

        if (result != SqliteCode.Ok)
        {
            return real->Methods == null ? result : CloseAfterFailure(real, result);
        }

        ours->Handle = GCHandle.ToIntPtr(GCHandle.Alloc(open));
        ours->Base.Methods = FileCallbacks.Methods;
        owner.Opened(1);
        return SqliteCode.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs* vfs, byte* name, int syncFolder)
    {
        var owner = vfs->Managed;
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        var file = new OpenFile(owner, path, RoleOf(path));
        var verdict = file.Meet(FileCalls.Delete);
        if (!verdict.Passes)
        {
            return verdict.Result;
        }

        var result = owner.Real->Delete(owner.Real, name, syncFolder);
        return result != SqliteCode.Ok
            ? result
            : file.Record(syncFolder != 0 ? FileChangeKind.DeletedDurably : FileChangeKind.Deleted);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(NativeVfs* vfs, byte* name, int flags, int* result)
    {
        var owner = vfs->Managed;
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        var verdict = new OpenFile(owner, path, RoleOf(path)).Meet(FileCalls.Exists);
        return verdict.Passes ? owner.Real->Access(owner.Real, name, flags, result) : verdict.Result;
    }

    private static int CloseAfterFailure(NativeFile* real, int result)
    {
        _ = real->Methods->Close(real);
        return result;
    }

    private static FileRoles RoleOf(int openFlags) =>
        (openFlags & OpenMain) != 0 ? FileRoles.Main
        : (openFlags & OpenWal) != 0 ? FileRoles.Wal
        : (openFlags & OpenJournal) != 0 ? FileRoles.Journal
        : FileRoles.Other;

    private static FileRoles RoleOf(string path) =>
        path.EndsWith("-wal", StringComparison.Ordinal) ? FileRoles.Wal
        : path.EndsWith("-journal", StringComparison.Ordinal) ? FileRoles.Journal
        : FileRoles.Main;
}
