namespace Libp2p.Peerstore;

/// <summary>The books of a peer but its addresses, as an edit would leave them: refused as a whole, or committed as a whole.</summary>
internal sealed class StagedPeer(PeerEntry entry, PeerstoreOptions options)
{
    private Dictionary<string, StoredValue>? _metadata;

    public PeerstoreOptions Options { get; } = options;

    public string[] Protocols { get; set; } = entry.Protocols;

    public bool HasPublicKey { get; set; } = entry.HasPublicKey;

    public PublicKey? PublicKey { get; set; } = entry.PublicKey;

    public PrivateKey? PrivateKey { get; set; } = entry.PrivateKey;

    public long? Latency { get; set; } = entry.Latency;

    /// <summary>A copy, made when an edit first asks for it.</summary>
    public Dictionary<string, StoredValue> Metadata => _metadata ??= entry.Metadata is { } values
        ? new(values, StringComparer.Ordinal)
        : new(StringComparer.Ordinal);

    public void Commit()
    {
        entry.SetProtocols(Protocols);
        entry.SetLatency(Latency);
        if (_metadata is not null)
        {
            entry.SetAllMetadata(_metadata);
        }

        entry.SetKeys(HasPublicKey, PublicKey, PrivateKey);
    }
}
