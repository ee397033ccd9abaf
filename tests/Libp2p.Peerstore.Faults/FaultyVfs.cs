using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Faults;

/// <summary>
/// A file system for SQLite that wraps the default one, keeps a log of what is done to the files, and fails on demand.
/// </summary>
/// <remarks>
/// <para>
/// A database is opened with it by <c>Vfs = vfs.Name</c> in the connection string. Everything below that connection, the
/// database, its write-ahead log and its journals, then goes through here: first the <see cref="Plan"/> is asked what becomes
/// of the call, then the wrapped file system does the work, then the <see cref="Log"/> gets what was done. Locks, shared
/// memory and everything that answers without touching the disk pass through. From the log, <see cref="PowerLoss"/> makes the
/// files as they may be found after a power loss.
/// </para>
/// <para>
/// <b>Threads.</b> SQLite calls on the thread that uses the connection, several connections at a time; there is no thread of
/// ours. Plan and log each have a gate of their own, neither is held while the disk works or a call is delayed. SQLite lets
/// one connection at a time write to a file, so that the log has the writes of each file in their order; those of different
/// files, by different connections, stand in the order in which they returned.
/// </para>
/// <para>
/// <b>Lifetimes.</b> SQLite keeps a pointer to the <c>sqlite3_vfs</c>, and to its name, from registration to disposal:
/// both are native memory, and behind the structure lies a handle that keeps this object alive. SQLite allocates each
/// <c>sqlite3_file</c> itself, as large as we ask: our part, with a handle to an <see cref="OpenFile"/>, and behind it the
/// wrapped file's. That handle is made when opening succeeds, and freed by <c>xClose</c>, which SQLite calls exactly once for a
/// file that has methods. The table of methods is the same for all files and lives as long as the process. Nothing managed is
/// ever pinned: the only managed bytes that SQLite's file system sees are read during a call.
/// </para>
/// <para>
/// <b>Errors.</b> An exception must not cross into SQLite. One of ours (memory, a gate that was disposed) becomes an I/O
/// error there, and is thrown by <see cref="Dispose"/>.
/// </para>
/// <para>
/// A file system is of version 1 and its files of version 2, so that SQLite neither maps files into memory nor replaces
/// system calls behind our back. Each registration has a name, a plan and a log of its own: tests may run at the same time.
/// </para>
/// </remarks>
public sealed unsafe class FaultyVfs : IDisposable
{
    private static int _registered;

    private readonly NativeVfs* _native;
    private readonly byte* _nativeName;
    private GCHandle _self;
    private Exception? _failure;
    private int _openFiles;

    private FaultyVfs()
    {
        // SqliteConnection initialises the native library, once for the process.
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
        Real = Sqlite3.FindVfs(null);
        Name = string.Create(CultureInfo.InvariantCulture, $"faulty-{Interlocked.Increment(ref _registered)}");
        _nativeName = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        _self = GCHandle.Alloc(this);
        _native = (NativeVfs*)NativeMemory.AllocZeroed((nuint)sizeof(NativeVfs));
        *_native = VfsCallbacks.Wrap(Real, _nativeName, GCHandle.ToIntPtr(_self));
    }

    /// <summary>What it is called in a connection string.</summary>
    public string Name { get; }

    /// <summary>What is to go wrong.</summary>
    public FaultPlan Plan { get; } = new();

    /// <summary>What was done to the files.</summary>
    public FaultLog Log { get; } = new();

    internal NativeVfs* Real { get; }

    /// <summary>Makes a file system of a name of its own, beside the default one.</summary>
    public static FaultyVfs Register()
    {
        var vfs = new FaultyVfs();
        var result = Sqlite3.RegisterVfs(vfs._native, makeDefault: 0);
        if (result == SqliteCode.Ok)
        {
            return vfs;
        }

        vfs.Free();
        throw new InvalidOperationException($"SQLite refuses the file system: {result}.");
    }

    /// <summary>Takes it back. All connections that use it have to be closed, those in a pool too.</summary>
    /// <exception cref="InvalidOperationException">A file is still open, or something went wrong here that was not planned.</exception>
    public void Dispose()
    {
        if (!_self.IsAllocated)
        {
            return;
        }

        if (Volatile.Read(ref _openFiles) is not 0 and var open)
        {
            throw new InvalidOperationException($"{open} files of {Name} are still open.");
        }

        _ = Sqlite3.UnregisterVfs(_native);
        Free();
        if (_failure is not null)
        {
            throw new InvalidOperationException($"{Name} failed by itself.", _failure);
        }
    }

    internal void Opened(int difference) => Interlocked.Add(ref _openFiles, difference);

    internal void Break(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    private void Free()
    {
        _self.Free();
        NativeMemory.Free(_native);
        Marshal.FreeCoTaskMem((nint)_nativeName);
    }
}
