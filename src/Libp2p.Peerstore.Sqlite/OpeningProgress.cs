namespace Libp2p.Peerstore.Sqlite;

/// <summary>How far the opening of a file has come.</summary>
/// <param name="Read">How many peers were read.</param>
/// <param name="Total">How many the file holds, those included of which everything has expired.</param>
public readonly record struct OpeningProgress(long Read, long Total);
