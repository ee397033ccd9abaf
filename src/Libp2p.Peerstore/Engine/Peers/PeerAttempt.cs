namespace Libp2p.Peerstore;

/// <summary>One try at a change of a peer.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Hash">The hash of the peer.</param>
/// <param name="Now">The time.</param>
/// <param name="Places">What is in hand.</param>
/// <param name="MayAdd">Whether a peer that is unknown may be added.</param>
/// <param name="MayAsk">Whether the change is undone where a place is lacking, to come again; else it makes do.</param>
internal readonly record struct PeerAttempt(
    PeerId Peer, ulong Hash, long Now, Places Places, bool MayAdd, bool MayAsk);
