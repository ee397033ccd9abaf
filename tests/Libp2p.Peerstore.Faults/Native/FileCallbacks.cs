using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Faults;

/// <summary>What SQLite calls of an open file.</summary>
internal static unsafe class FileCallbacks
{
    /// <summary>The table of the methods, one for all files, never freed.</summary>
    public static NativeFileMethods* Methods { get; } = MakeMethods();

    private static NativeFileMethods* MakeMethods()
    {
        var methods = (NativeFileMethods*)NativeMemory.AllocZeroed((nuint)sizeof(NativeFileMethods));
        *methods = new NativeFileMethods
        {
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            FileSize = &FileSize,
            Lock = &Lock,
            Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            DeviceCharacteristics = &DeviceCharacteristics,
            ShmMap = &ShmMap,
            ShmLock = &ShmLock,
            ShmBarrier = &ShmBarrier,
            ShmUnmap = &ShmUnmap,
        };
        return methods;
    }

    private static NativeFile* Real(NativeFile* file) => NativeFaultyFile.Real((NativeFaultyFile*)file);

    private static OpenFile Managed(NativeFile* file) => ((NativeFaultyFile*)file)->Managed;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(NativeFile* file)
    {
        var handle = GCHandle.FromIntPtr(((NativeFaultyFile*)file)->Handle);
        var real = Real(file);
        ((OpenFile)handle.Target!).Owner.Opened(-1);
        handle.Free();
        return real->Methods->Close(real);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(NativeFile* file, void* buffer, int length, long offset)
    {
        var verdict = Managed(file).Meet(FileCalls.Read);
        var real = Real(file);
        return verdict.Passes ? real->Methods->Read(real, buffer, length, offset) : verdict.Result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(NativeFile* file, void* content, int length, long offset)
    {
        var open = Managed(file);
        var real = Real(file);
        var verdict = open.Meet(FileCalls.Write);
        var written = verdict.Passes ? length : Math.Min(length, verdict.TornAfter);
        var result = SqliteCode.Ok;
        if (written > 0)
        {
            result = real->Methods->Write(real, content, written, offset);
            if (result == SqliteCode.Ok)
            {
                result = open.Record(FileChangeKind.Written, offset, new ReadOnlySpan<byte>(content, written));
            }
        }

        return verdict.Passes ? result : verdict.Result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(NativeFile* file, long length)
    {
        var open = Managed(file);
        var real = Real(file);
        var verdict = open.Meet(FileCalls.Truncate);
        if (!verdict.Passes)
        {
            return verdict.Result;
        }

        var result = real->Methods->Truncate(real, length);
        return result == SqliteCode.Ok ? open.Record(FileChangeKind.Truncated, length) : result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(NativeFile* file, int flags)
    {
        var open = Managed(file);
        var real = Real(file);
        var verdict = open.Meet(FileCalls.Sync);
        if (!verdict.Passes)
        {
            return verdict.Result;
        }

        var result = real->Methods->Sync(real, flags);
        return result == SqliteCode.Ok ? open.RecordSync() : result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(NativeFile* file, long* size)
    {
        var verdict = Managed(file).Meet(FileCalls.Size);
        var real = Real(file);
        return verdict.Passes ? real->Methods->FileSize(real, size) : verdict.Result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(NativeFile* file, int level)
    {
        var verdict = Managed(file).Meet(FileCalls.Lock);
        var real = Real(file);
        return verdict.Passes ? real->Methods->Lock(real, level) : verdict.Result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(NativeFile* file, int level) => Real(file)->Methods->Unlock(Real(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(NativeFile* file, int* result) =>
        Real(file)->Methods->CheckReservedLock(Real(file), result);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(NativeFile* file, int operation, void* argument) =>
        Real(file)->Methods->FileControl(Real(file), operation, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(NativeFile* file) => Real(file)->Methods->SectorSize(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(NativeFile* file) => Real(file)->Methods->DeviceCharacteristics(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(NativeFile* file, int region, int size, int extend, void** memory)
    {
        var verdict = Managed(file).Meet(FileCalls.Share);
        var real = Real(file);
        if (verdict.Passes)
        {
            return real->Methods->ShmMap(real, region, size, extend, memory);
        }

        *memory = null;
        return verdict.Result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(NativeFile* file, int offset, int count, int flags) =>
        Real(file)->Methods->ShmLock(Real(file), offset, count, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(NativeFile* file) => Real(file)->Methods->ShmBarrier(Real(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(NativeFile* file, int delete) => Real(file)->Methods->ShmUnmap(Real(file), delete);
}
