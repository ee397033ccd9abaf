using System.Runtime.InteropServices;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Reads a file that another process holds without sharing, which .NET's own streams refuse to do.</summary>
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

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
