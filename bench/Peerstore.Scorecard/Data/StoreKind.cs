namespace Peerstore.Scorecard.Data;

/// <summary>Which store is measured.</summary>
internal enum StoreKind
{
    /// <summary>The one in memory.</summary>
    Memory,

    /// <summary>The one in a SQLite file.</summary>
    Sqlite,
}
