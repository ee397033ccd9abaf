using System.Globalization;
using System.Text;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Holds a database file for this process: a second opener, here or elsewhere, gets a clear error.</summary>
/// <remarks>
/// A file beside the database is held open without sharing, which the operating system undoes however the process
/// ends. It names the holder. It stays behind when the lock is given back: removing it would race with the next opener.
/// </remarks>
internal sealed class FileLock : IDisposable
{
    // What .NET gives as HResult when somebody else holds the file: errno on Unix.
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _held;

    private FileLock(FileStream held) => _held = held;

    public static FileLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        FileStream? held = null;
        try
        {
            held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            held.SetLength(0);
            held.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return new(held);
        }
        catch (IOException e) when (held is null && e.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            throw new PeerstoreException(
                PeerstoreError.InUse, $"The peerstore {databasePath} is in use by {Holder(path)}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw SqliteFile.CannotOpen(databasePath, e);
        }
    }

    public void Dispose() => _held.Dispose();

    private static string Holder(string path)
    {
        Span<byte> digits = stackalloc byte[20];
        var length = OperatingSystem.IsWindows() ? 0 : UnixFile.Read(path, digits);
        return int.TryParse(Encoding.ASCII.GetString(digits[..length]), CultureInfo.InvariantCulture, out var id)
            ? $"process {id}"
            : "another process";
    }
}
