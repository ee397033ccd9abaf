namespace Libp2p.Peerstore;

/// <summary>What became of a key or a measurement that was to be stored.</summary>
public enum BookOutcome
{
    /// <summary>Not a decision. The value of <c>default</c>.</summary>
    None,

    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>The store has <see cref="PeerstoreOptions.MaxPeers"/> peers already.</summary>
    NoRoom,
}
