namespace Libp2p.Peerstore;

/// <summary>A peer before a change that may have to be undone.</summary>
internal sealed record PeerMemento
{
    public required (AddressEntry[] Entries, long Version) Addresses { get; init; }

    public required StoredRecord? Record { get; init; }

    public required (bool HasPublicKey, PublicKey? PublicKey, PrivateKey? PrivateKey) Keys { get; init; }

    public required string[] Protocols { get; init; }

    public required Dictionary<string, StoredValue>? Metadata { get; init; }

    public required long? Latency { get; init; }

    public required long Version { get; init; }
}
