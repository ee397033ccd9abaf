namespace Libp2p.Peerstore.Sqlite;

/// <summary>What was made of a file that was damaged as a whole: <see cref="SqlitePeerstoreOptions.SalvageDamagedFile"/>.</summary>
/// <remarks>Immutable.</remarks>
public sealed record PeerstoreSalvage
{
    /// <summary>What was wrong with the file, as SQLite or this program found it first.</summary>
    public required string Reason { get; init; }

    /// <summary>Where the damaged file is now: <c>NAME.damaged-1</c>, or the next number that is free. It may be removed.</summary>
    public required string DamagedFile { get; init; }

    /// <summary>The peers whose entries were whole.</summary>
    public required long Peers { get; init; }

    /// <summary>
    /// The peers whose entries were found, and were not whole. They stand in the table <c>damaged</c> of the new file. Of a
    /// page that is destroyed nothing is found, nor counted.
    /// </summary>
    public required int DamagedPeers { get; init; }

    /// <summary>
    /// Whether there may be peers among them that were removed, or as they were earlier. Where a tree is broken, what it led to is
    /// looked for in all pages but those that are free; and this is so where the list of the free ones was damaged as well.
    /// </summary>
    public bool MayIncludeRemoved { get; init; }
}
