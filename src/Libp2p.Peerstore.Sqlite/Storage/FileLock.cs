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

    private readonly FileClaim _claim;
    private readonly FileStream _held;

    private FileLock(FileClaim claim, FileStream held) => (_claim, _held) = (claim, held);

    /// <summary>Holds a file that is one which may be a peerstore.</summary>
    /// <param name="path">The file, resolved.</param>
    /// <param name="createIfMissing">Whether to make it where there is none.</param>
    /// <exception cref="PeerstoreException">It is in use, or is none.</exception>
    public static FileLock Take(string path, bool createIfMissing) =>
        Take(path, file => SqliteFile.Ensure(file, createIfMissing));

    /// <summary>Holds a file.</summary>
    /// <param name="path">The file, resolved.</param>
    /// <param name="look">Looks at it before anything is written beside it, and refuses it by an exception.</param>
    /// <exception cref="PeerstoreException">It is in use, or <paramref name="look"/> refused it.</exception>
    public static FileLock Take(string path, Action<string> look)
    {
        var claim = FileClaim.TryTake(path) ?? throw InUse(path, $"process {Environment.ProcessId}");
        try
        {
            look(path);
            return new(claim, Hold(path));
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _held.Dispose();
        _claim.Dispose();
    }

    private static FileStream Hold(string databasePath)
    {
        var path = databasePath + ".lock";
        FileStream? held = null;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                // Whoever may open it may hold it, and so keep the store from its file.
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            held = new FileStream(path, options);
            held.SetLength(0);
            held.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            held.Flush();
            return held;
        }
        catch (IOException e) when (held is null && e.HResult is LinuxWouldBlock or MacWouldBlock or WindowsSharingViolation)
        {
            throw InUse(databasePath, Holder(path), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw SqliteFile.CannotOpen(databasePath, e);
        }
    }

    private static PeerstoreException InUse(string path, string holder, Exception? cause = null) =>
        new(PeerstoreError.InUse, $"The peerstore {path} is in use by {holder}.", cause);

    private static string Holder(string path)
    {
        Span<byte> digits = stackalloc byte[20];
        var length = OperatingSystem.IsWindows() ? 0 : UnixFile.Read(path, digits);
        return int.TryParse(Encoding.ASCII.GetString(digits[..length]), CultureInfo.InvariantCulture, out var id)
            ? $"process {id}"
            : "another process";
    }
}
