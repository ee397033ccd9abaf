namespace Libp2p.Peerstore;

/// <summary>Names one connection to one peer, for <see cref="PeerLifecycle"/>.</summary>
/// <param name="Peer">The peer at the other end, as the handshake proved it.</param>
/// <param name="Id">
/// Tells this connection from every other one: the stack's own session object, or its number or name. Compared with
/// <see cref="object.Equals(object)"/>; held until the connection is reported as ended.
/// </param>
/// <param name="RemoteAddress">
/// Where the other end is, as this node sees it. It tells loopback, private network and internet apart and is never
/// stored as the peer's: of an incoming connection it is seldom an address that can be dialled. Empty where not known.
/// </param>
/// <remarks><c>default</c> names no connection and is refused. Immutable.</remarks>
public readonly record struct PeerConnection(PeerId Peer, object Id, Multiaddr RemoteAddress);
