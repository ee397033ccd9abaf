namespace Libp2p.Peerstore.Faults;

/// <summary>What was done to a file.</summary>
public enum FileChangeKind
{
    /// <summary>It was there when it was opened first; the content is what it held, and durable.</summary>
    Found,

    /// <summary>It was made, and is empty.</summary>
    Created,

    /// <summary>Bytes were written at an offset.</summary>
    Written,

    /// <summary>It was cut to a length.</summary>
    Truncated,

    /// <summary>All that was done to it before is durable, its name included.</summary>
    Synced,

    /// <summary>The folder that it is in is durable: which files there are, not what they hold.</summary>
    FolderSynced,

    /// <summary>It was removed.</summary>
    Deleted,

    /// <summary>It was removed, and that is durable.</summary>
    DeletedDurably,
}
