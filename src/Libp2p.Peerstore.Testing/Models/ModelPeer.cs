namespace Libp2p.Peerstore.Testing;

/// <summary>What an <see cref="AddressModel"/> knows of one peer.</summary>
internal sealed class ModelPeer
{
    public Dictionary<Multiaddr, ModelAddress> Addresses { get; } = [];

    public PeerRecord? Record { get; set; }
}
