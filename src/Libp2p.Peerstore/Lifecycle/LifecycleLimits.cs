namespace Libp2p.Peerstore;

/// <summary>The lifecycle's own bounds.</summary>
internal static class LifecycleLimits
{
    /// <summary>
    /// How often an edit is tried on condition that nobody else changed the peer meanwhile. Then it is made anyway:
    /// what others added since is not known to it and stays, which beats trying for ever.
    /// </summary>
    public const int Attempts = 8;

    /// <summary>
    /// How many departures are under way at once, each begun when those before keep one waiting: so that neither a store
    /// nor a user's question that hangs for one peer stops the others.
    /// </summary>
    public const int DeparturesAtOnce = 16;

    /// <summary>The least time after which a peer that was kept, or could not be removed, is looked at again.</summary>
    public static readonly TimeSpan ShortestRecheck = TimeSpan.FromSeconds(1);
}
