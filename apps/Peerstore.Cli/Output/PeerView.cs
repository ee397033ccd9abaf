namespace Peerstore.Cli.Output;

/// <summary>All that is known of a peer as it is shown.</summary>
internal sealed record PeerView
{
    /// <summary>The ID, in base58.</summary>
    public required string Peer { get; init; }

    /// <summary>The kind of its public key, where that is known.</summary>
    public string? KeyType { get; init; }

    /// <summary>The public key in libp2p's protobuf form, where it is known; base64 in JSON.</summary>
    public byte[]? PublicKey { get; init; }

    /// <summary>The live addresses, best first.</summary>
    public required IReadOnlyList<AddressView> Addresses { get; init; }

    /// <summary>The signed record.</summary>
    public RecordView? Record { get; init; }

    /// <summary>The protocols, sorted.</summary>
    public required IReadOnlyList<string> Protocols { get; init; }

    /// <summary>The metadata; null stands for a value that is not a text.</summary>
    public required IReadOnlyDictionary<string, string?> Metadata { get; init; }

    /// <summary>The moving average of the latency, where it was measured.</summary>
    public double? LatencyMilliseconds { get; init; }
}
