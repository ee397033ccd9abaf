namespace Libp2p.Peerstore.Sqlite;

/// <summary>How a peerstore in a SQLite file behaves.</summary>
/// <remarks>Immutable; safe to share between stores.</remarks>
public sealed record SqlitePeerstoreOptions
{
    /// <summary>What holds for any store: limits, lifetimes, rules.</summary>
    public PeerstoreOptions Store { get; init; } = new();

    /// <summary>Whether a file that is not there is made. Default true; otherwise that is an error.</summary>
    public bool CreateIfMissing { get; init; } = true;
}
