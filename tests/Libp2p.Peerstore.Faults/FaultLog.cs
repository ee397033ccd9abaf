namespace Libp2p.Peerstore.Faults;

/// <summary>All that was done to the files of a <see cref="FaultyVfs"/>, in the order in which it was done.</summary>
/// <remarks>
/// Thread-safe. Grows with every write, by what was written: made for runs of a test, not of a day. A failed call is not in
/// it, except for what it wrote before it failed.
/// </remarks>
public sealed class FaultLog
{
    // Guards: _changes, _existing.
    // Never under the gate: I/O.
    private readonly Lock _gate = new();
    private readonly List<FileChange> _changes = [];
    private readonly HashSet<string> _existing = new(StringComparer.Ordinal);

    internal FaultLog()
    {
    }

    /// <summary>How many changes there were. What was durable by then is durable after every later cut.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _changes.Count;
            }
        }
    }

    /// <summary>The changes so far.</summary>
    public IReadOnlyList<FileChange> Snapshot()
    {
        lock (_gate)
        {
            return [.. _changes];
        }
    }

    internal bool Knows(string path)
    {
        lock (_gate)
        {
            return _existing.Contains(path);
        }
    }

    internal void Append(FileChange change)
    {
        lock (_gate)
        {
            _changes.Add(change);
            if (change.Kind is FileChangeKind.Found or FileChangeKind.Created)
            {
                _existing.Add(change.Path);
            }
            else if (change.Kind is FileChangeKind.Deleted or FileChangeKind.DeletedDurably)
            {
                _existing.Remove(change.Path);
            }
        }
    }
}
