namespace Libp2p.Peerstore.Faults;

/// <summary>The calls of SQLite to its file system that can fail.</summary>
[Flags]
public enum FileCalls
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>xOpen</c>, of files that have a name.</summary>
    Open = 1,

    /// <summary><c>xRead</c>.</summary>
    Read = 2,

    /// <summary><c>xWrite</c>.</summary>
    Write = 4,

    /// <summary><c>xTruncate</c>.</summary>
    Truncate = 8,

    /// <summary><c>xSync</c>.</summary>
    Sync = 16,

    /// <summary><c>xFileSize</c>.</summary>
    Size = 32,

    /// <summary><c>xDelete</c>.</summary>
    Delete = 64,

    /// <summary><c>xAccess</c>.</summary>
    Exists = 128,

    /// <summary><c>xLock</c>.</summary>
    Lock = 256,

    /// <summary><c>xShmMap</c>: the index of the write-ahead log, which is shared memory.</summary>
    Share = 512,

    /// <summary>Those that change what is stored, or make it durable.</summary>
    Changes = Write | Truncate | Sync | Delete,

    /// <summary>All of them.</summary>
    All = 1023,
}
