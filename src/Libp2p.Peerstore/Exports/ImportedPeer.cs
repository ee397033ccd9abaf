namespace Libp2p.Peerstore;

/// <summary>What of an entry of an export is offered to a store: checked as if it had come from the network. Immutable.</summary>
internal sealed class ImportedPeer
{
    public StoredRecord? Record { get; init; }

    /// <summary>The live addresses, without the suffix that names the peer, best first.</summary>
    public required AddressEntry[] Addresses { get; init; }

    /// <summary>The public key, without bytes where the ID holds it; null where there is none.</summary>
    public byte[]? PublicKey { get; init; }

    /// <summary>The private key; null where there is none, or it is not wanted.</summary>
    public byte[]? PrivateKey { get; init; }

    public string[] Protocols { get; init; } = [];

    public IReadOnlyList<(ReadOnlyMemory<byte> Key, StoredValue Value)> Metadata { get; init; } = [];

    /// <summary>The moving average of the latency in nanoseconds.</summary>
    public long? Latency { get; init; }
}
