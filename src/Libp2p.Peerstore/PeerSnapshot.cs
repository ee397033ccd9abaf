namespace Libp2p.Peerstore;

/// <summary>All that is known of a peer at one instant.</summary>
/// <remarks>Immutable; safe to share between threads. Private keys are not part of it.</remarks>
public sealed class PeerSnapshot
{
    /// <summary>The peer.</summary>
    public required PeerId Peer { get; init; }

    /// <summary>The version of this state, for <see cref="IPeerstore.UpdatePeerAsync(PeerId, PeerVersion, Action{IPeerEdit}, CancellationToken)"/>.</summary>
    public required PeerVersion Version { get; init; }

    /// <summary>The live addresses, best first.</summary>
    public required IReadOnlyList<AddressDetails> Addresses { get; init; }

    /// <summary>The signed record, or null.</summary>
    public SignedEnvelope? Record { get; init; }

    /// <summary>The public key: stored, or held by the ID itself; null where it is not known.</summary>
    public PublicKey? PublicKey { get; init; }

    /// <summary>The protocols, sorted by their characters.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }

    /// <summary>The names of the metadata values, sorted by their characters.</summary>
    public required IReadOnlyList<string> MetadataKeys { get; init; }

    /// <summary>The moving average of the latency, or null where nothing was measured.</summary>
    public TimeSpan? Latency { get; init; }
}
