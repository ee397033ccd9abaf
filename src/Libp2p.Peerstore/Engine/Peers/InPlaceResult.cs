namespace Libp2p.Peerstore;

/// <summary>What a change that was tried in place has done.</summary>
internal enum InPlaceResult
{
    /// <summary>Nothing: it has to be made on a copy.</summary>
    NotPossible,

    /// <summary>It is made, and there was nothing to do.</summary>
    Unchanged,

    /// <summary>It is made, and nothing changed but how long addresses live: what can be written down later.</summary>
    Renewed,

    /// <summary>It is made.</summary>
    Changed,
}
