namespace Libp2p.Peerstore;

/// <summary>A peer with its live addresses: the small slice of knowledge that libp2p hands around (go's <c>AddrInfo</c>).</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class AddressInfo
{
    /// <summary>Makes the pair.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="addresses">Its addresses, best first.</param>
    public AddressInfo(PeerId peer, IReadOnlyList<Multiaddr> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        Peer = peer;
        Addresses = addresses;
    }

    /// <summary>The peer.</summary>
    public PeerId Peer { get; }

    /// <summary>Its addresses, best first.</summary>
    public IReadOnlyList<Multiaddr> Addresses { get; }

    /// <summary>Returns the peer and the number of its addresses.</summary>
    public override string ToString() => $"{Peer} ({Addresses.Count} addresses)";
}
