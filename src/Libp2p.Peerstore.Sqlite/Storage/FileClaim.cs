namespace Libp2p.Peerstore.Sqlite;

/// <summary>Says that somebody in this process is at a file, or about to be.</summary>
/// <remarks>
/// On Unix, closing any descriptor of a file ends all locks that the process has on it: whoever only reads the header of a file
/// that a store has open takes SQLite's lock from it, and the next program that opens and closes the file believes to be
/// the last one, and removes the log into which the store goes on writing. So a file is claimed before anything of it is read.
/// </remarks>
internal sealed class FileClaim : IDisposable
{
    private static readonly StringComparer Names = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    // Guards: Claimed.
    // Never under the gate: I/O.
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Claimed = new(Names);

    private readonly string _path;
    private int _isOver;

    private FileClaim(string path) => _path = path;

    /// <summary>Claims a file, whether or not there is one.</summary>
    /// <param name="path">Its one name: <see cref="SqliteFile.Resolve"/>.</param>
    /// <returns>The claim; null where another one in this process is not over.</returns>
    public static FileClaim? TryTake(string path)
    {
        lock (Gate)
        {
            return Claimed.Add(path) ? new(path) : null;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            lock (Gate)
            {
                Claimed.Remove(_path);
            }
        }
    }
}
