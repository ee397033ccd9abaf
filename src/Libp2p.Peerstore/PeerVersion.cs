namespace Libp2p.Peerstore;

/// <summary>Names a state of one peer, so that a change can be made on condition that nobody else made one since.</summary>
/// <param name="Value">A number without further meaning. <c>default</c> is the version of a peer that is not known.</param>
/// <remarks>Valid for the store object that gave it. That an address ends on its own is no change.</remarks>
public readonly record struct PeerVersion(long Value);
