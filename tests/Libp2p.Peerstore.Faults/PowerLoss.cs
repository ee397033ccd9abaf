namespace Libp2p.Peerstore.Faults;

/// <summary>The files as they may be found after the power went at a moment of a run.</summary>
/// <remarks>
/// <para>
/// Goes through a <see cref="FaultLog"/> once, change by change; at each of them the files can be written to a folder, as
/// often and with as many fates of what was not synced as wanted. Not thread-safe.
/// </para>
/// <para>
/// What the disk is taken to promise: a sync covers one file, all that was done to it before, and its name. A sector is
/// written or not. Writes that were not synced may be missing in any combination, in one file regardless of another, but a
/// later write never lies below an earlier one. A deletion may be undone until the folder is synced, which SQLite does
/// with the first sync of every journal and write-ahead log that it opens, and with a deletion where it is asked to. The file
/// that ends in <c>-shm</c> is memory, and gone.
/// </para>
/// </remarks>
/// <param name="changes">What was done: <see cref="FaultLog.Snapshot"/>.</param>
/// <param name="sectorSize">What the disk writes as a whole, in bytes.</param>
public sealed class PowerLoss(IReadOnlyList<FileChange> changes, int sectorSize = 512)
{
    private readonly Dictionary<string, SimulatedFile> _files = new(StringComparer.Ordinal);

    /// <summary>How many changes were made before the power went.</summary>
    public int Position { get; private set; }

    /// <summary>Lets one more change be made.</summary>
    /// <returns>Whether there was one more.</returns>
    public bool Advance()
    {
        if (Position == changes.Count)
        {
            return false;
        }

        var change = changes[Position++];
        if (!_files.TryGetValue(change.Path, out var file))
        {
            _files.Add(change.Path, file = new SimulatedFile(sectorSize));
        }

        file.Change(change);
        if (change.Kind is FileChangeKind.FolderSynced)
        {
            var folder = Path.GetDirectoryName(change.Path);
            foreach (var (_, neighbour) in _files.Where(entry => string.Equals(Path.GetDirectoryName(entry.Key), folder, StringComparison.Ordinal)))
            {
                neighbour.SettleName();
            }
        }

        return true;
    }

    /// <summary>Lets all changes be made.</summary>
    public PowerLoss AdvanceToEnd()
    {
        while (Advance())
        {
        }

        return this;
    }

    /// <summary>Writes the files to a folder, under their names without the folders they were in.</summary>
    /// <param name="folder">Where to. Files that are not there after the power loss are removed from it.</param>
    /// <param name="fate">What becomes of what was not synced.</param>
    /// <param name="seed">For the fates that leave it to chance; the same seed leaves the same files.</param>
    public void WriteTo(string folder, TailFate fate, int seed = 0)
    {
        var random = new Random(seed);
        foreach (var (path, file) in _files.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            var image = file.AfterPowerLoss(fate, random);
            var target = Path.Combine(folder, Path.GetFileName(path));
            if (image.Exists)
            {
                using var written = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None);
                written.Write(image.Content);
            }
            else
            {
                File.Delete(target);
            }
        }
    }
}
