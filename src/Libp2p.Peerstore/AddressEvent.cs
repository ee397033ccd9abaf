namespace Libp2p.Peerstore;

/// <summary>One element of a stream of a peer's addresses.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Address">The address; empty for <see cref="AddressEventKind.Resync"/>.</param>
public readonly record struct AddressEvent(AddressEventKind Kind, Multiaddr Address);
