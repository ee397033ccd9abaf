namespace Libp2p.Peerstore.Faults;

/// <summary>What a file is to its database.</summary>
[Flags]
public enum FileRoles
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The database itself.</summary>
    Main = 1,

    /// <summary>The write-ahead log, <c>-wal</c>.</summary>
    Wal = 2,

    /// <summary>The rollback journal, <c>-journal</c>.</summary>
    Journal = 4,

    /// <summary>What SQLite keeps for itself while it works.</summary>
    Other = 8,

    /// <summary>All of them.</summary>
    All = 15,
}
