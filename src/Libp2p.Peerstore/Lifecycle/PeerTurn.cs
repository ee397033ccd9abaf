namespace Libp2p.Peerstore;

/// <summary>A place in the order of one peer.</summary>
/// <param name="Track">The peer.</param>
/// <param name="Before">Completes when those before are through.</param>
/// <param name="Done">To be completed for those behind.</param>
internal readonly record struct PeerTurn(PeerTrack Track, Task Before, TaskCompletionSource Done);
