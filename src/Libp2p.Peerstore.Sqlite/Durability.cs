namespace Libp2p.Peerstore.Sqlite;

/// <summary>What has become of a change by the time a call completes.</summary>
public enum Durability
{
    /// <summary>
    /// It is in memory, and in the file at most <see cref="SqlitePeerstoreOptions.WriteWindow"/> and one write later. A killed
    /// process, or a power loss, costs what was changed since. The value of <c>default</c>.
    /// </summary>
    Behind,

    /// <summary>
    /// It is on the disk. Calls that wait at the same time share a transaction. Where it cannot be written, the call fails
    /// with a <see cref="PeerstoreException"/>; the change stays in memory, and is tried again.
    /// </summary>
    OnAcknowledge,
}
