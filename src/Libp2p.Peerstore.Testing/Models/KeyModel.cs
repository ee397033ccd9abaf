namespace Libp2p.Peerstore.Testing;

/// <summary>Which peers a key book lists, in the contract's reading or go-libp2p's.</summary>
internal sealed class KeyModel(bool likeGo)
{
    private readonly HashSet<PeerId> _peers = [];

    public ConformanceRule? Difference { get; private set; }

    public IReadOnlyCollection<PeerId> Peers => _peers;

    public void Add(PeerId peer) => _peers.Add(peer);

    /// <summary>Somebody asked for the public key.</summary>
    public void Read(PeerId peer)
    {
        if (!likeGo || peer.IsEmpty || !peer.TryGetPublicKey(out _) || !_peers.Add(peer))
        {
            return;
        }

        Difference = DifferenceRules.InlineKeyRead;
    }

    public void Remove(PeerId peer) => _peers.Remove(peer);
}
