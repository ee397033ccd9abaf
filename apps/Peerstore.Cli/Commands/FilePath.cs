namespace Peerstore.Cli.Commands;

/// <summary>Tells whether two paths lead to the same file.</summary>
internal static class FilePath
{
    /// <summary>As many links as Linux follows for one path.</summary>
    private const int MaxLinks = 40;

    /// <summary>The database, and what stands beside it while it is open.</summary>
    private static readonly string[] DbSuffixes = ["", "-wal", "-shm", ".lock"];

    // Where a file system tells letters' cases apart though its platform's usually do not, this is too careful.
    private static readonly StringComparison Comparison =
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether two paths lead to the same file, be it there or not: by their names, all links followed.</summary>
    /// <param name="first">A path.</param>
    /// <param name="second">Another one.</param>
    public static bool AreSame(string first, string second) =>
        string.Equals(Resolve(first, MaxLinks), Resolve(second, MaxLinks), Comparison);

    /// <summary>Whether a path leads to a peerstore, or to what stands beside it while it is open.</summary>
    /// <param name="path">The path.</param>
    /// <param name="db">The peerstore.</param>
    public static bool BelongsTo(string path, string db) => DbSuffixes.Any(suffix => AreSame(path, db + suffix));

    /// <summary>Follows all links of a path, in its folders too.</summary>
    private static string Resolve(string path, int linksLeft)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (linksLeft == 0 || Path.GetDirectoryName(full) is not { } folder)
        {
            return full;
        }

        folder = Resolve(folder, linksLeft);
        var resolved = Path.Combine(folder, Path.GetFileName(full));
        return new FileInfo(resolved).LinkTarget is { } target
            ? Resolve(Path.Combine(folder, target), linksLeft - 1)
            : resolved;
    }
}
