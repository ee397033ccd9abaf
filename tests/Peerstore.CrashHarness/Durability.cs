namespace Peerstore.CrashHarness;

/// <summary>What a completed operation promises.</summary>
public enum Durability
{
    /// <summary>It is in the file a window later.</summary>
    Behind,

    /// <summary>It is in the file.</summary>
    Acknowledge,
}
