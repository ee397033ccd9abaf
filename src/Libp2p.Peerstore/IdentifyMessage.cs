namespace Libp2p.Peerstore;

/// <summary>What a peer said of itself in identify or identify push, field by field as it was received.</summary>
/// <remarks>
/// <para>
/// Nothing in it has been checked: <see cref="PeerLifecycle"/> decodes it under limits, and leaves out what is no good.
/// The names are those of the protobuf message in libp2p's specification. Its <c>observedAddr</c> is missing on
/// purpose: that is an address of this node, not of the peer.
/// </para>
/// <para>The lists and the memory are read before the call that takes the message returns, and not afterwards.</para>
/// </remarks>
public sealed record IdentifyMessage
{
    /// <summary>The signed envelope with the peer's record; empty where it sent none.</summary>
    public ReadOnlyMemory<byte> SignedPeerRecord { get; init; }

    /// <summary>The multiaddrs it listens on, in bytes. They count where there is no good record.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ListenAddresses { get; init; } = [];

    /// <summary>The IDs of the protocols it speaks.</summary>
    public IReadOnlyList<string> Protocols { get; init; } = [];

    /// <summary>Which network's protocols it speaks; null where it did not say.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>What software it runs; null where it did not say.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>Its public key in protobuf form; empty where it sent none.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; init; }
}
