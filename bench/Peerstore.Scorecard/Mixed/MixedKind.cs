namespace Peerstore.Scorecard.Mixed;

/// <summary>What a thread does next.</summary>
internal enum MixedKind : byte
{
    /// <summary>Reads a peer's addresses: 80 of 100.</summary>
    Read,

    /// <summary>Adds the same addresses again: 10.</summary>
    Refresh,

    /// <summary>Asks for three protocols: 5.</summary>
    Supports,

    /// <summary>Makes connected addresses temporary, or temporary ones connected: 5.</summary>
    Update,
}
