namespace Libp2p.Peerstore.Testing;

/// <summary>What is needed of a whole store to tell go-libp2p's answers from the contract's.</summary>
internal sealed class StoreModel(PeerstoreOptions options, TimeProvider clock, bool likeGo)
{
    private readonly Dictionary<PeerId, Dictionary<string, string>> _metadata = [];
    private readonly HashSet<PeerId> _measured = [];

    public AddressModel Addresses { get; } = new(options, clock, likeGo);

    public KeyModel Keys { get; } = new(likeGo);

    public ProtocolModel Protocols { get; } = new(options, likeGo);

    /// <summary>The peers with addresses or keys: those that go lists.</summary>
    public IEnumerable<PeerId> PeersOfGo => Addresses.Peers.Union(Keys.Peers);

    /// <summary>The peers with anything in any book: those that the contract lists.</summary>
    public IEnumerable<PeerId> Peers => PeersOfGo.Union(Protocols.Peers).Union(_metadata.Keys).Union(_measured);

    public string? Metadata(PeerId peer, string key) => _metadata.GetValueOrDefault(peer)?.GetValueOrDefault(key);

    public void PutMetadata(PeerId peer, string key, string value)
    {
        if (peer.IsEmpty && !likeGo)
        {
            return;
        }

        if (!_metadata.TryGetValue(peer, out var values))
        {
            _metadata.Add(peer, values = new Dictionary<string, string>(StringComparer.Ordinal));
        }

        values[key] = value;
    }

    public bool IsMeasured(PeerId peer) => _measured.Contains(peer);

    public void Measure(PeerId peer)
    {
        if (!peer.IsEmpty || likeGo)
        {
            _ = _measured.Add(peer);
        }
    }

    /// <summary>Removes a peer from all books but the addresses.</summary>
    public void RemovePeer(PeerId peer)
    {
        Keys.Remove(peer);
        Protocols.Remove(peer);
        _ = _metadata.Remove(peer);
        _ = _measured.Remove(peer);
    }
}
