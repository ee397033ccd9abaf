using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>
/// What Unix can do with files and .NET cannot: read one that is held without sharing, resolve all links, bring the names in
/// a folder to the disk.
/// </summary>
internal static partial class UnixFile
{
    private const int ReadOnly = 0;

    /// <summary>Reads the beginning of a file; returns how many bytes, 0 where that is not possible.</summary>
    public static int Read(string path, Span<byte> buffer)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            return 0;
        }

        try
        {
            return (int)Math.Max(0, Read(descriptor, buffer, (nuint)buffer.Length));
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>The name of a file without links in it; null where there is no such file.</summary>
    public static string? RealPath(string path)
    {
        var resolved = RealPath(path, buffer: 0);
        try
        {
            return Marshal.PtrToStringUTF8(resolved);
        }
        finally
        {
            Free(resolved);
        }
    }

    /// <summary>Brings the names in a file's folder to the disk: a file that was renamed has its name only then.</summary>
    /// <exception cref="IOException">It cannot be done.</exception>
    public static void SyncFolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? path;
        var descriptor = Open(folder, ReadOnly);
        var failed = descriptor < 0 || Sync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeError();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (failed)
        {
            throw new IOException($"The folder {folder} cannot be brought to the disk: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
