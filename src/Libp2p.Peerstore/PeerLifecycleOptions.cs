namespace Libp2p.Peerstore;

/// <summary>How a <see cref="PeerLifecycle"/> behaves.</summary>
/// <remarks>Immutable; safe to share. The defaults are go-libp2p's.</remarks>
public sealed record PeerLifecycleOptions
{
    /// <summary>
    /// How long a peer may stay away before its keys, protocols, metadata and latency are removed. Zero removes them
    /// as soon as the timer runs. Default 1 minute.
    /// </summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Addresses of a peer that outlive its last connection. Default 20.</summary>
    public int MaxRecentAddresses { get; init; } = 20;

    /// <summary>Addresses of a connected peer that are taken from one message; the first ones. Default 500.</summary>
    public int MaxConnectedAddresses { get; init; } = 500;

    /// <summary>What is accepted of records, addresses and keys. Default <see cref="DecodeLimits.Default"/>.</summary>
    public DecodeLimits DecodeLimits { get; init; } = DecodeLimits.Default;

    /// <summary>
    /// Asked when the grace period of a peer is over: whether it is kept for a reason. Such a peer is asked about
    /// again after each further grace period, until it is not kept any more. Default: none is kept.
    /// </summary>
    /// <remarks>
    /// Called while the peer's turn is held: it may read the store, and must not wait for the lifecycle. Any thread.
    /// </remarks>
    public Func<PeerId, bool>? KeepPeer { get; init; }
}
