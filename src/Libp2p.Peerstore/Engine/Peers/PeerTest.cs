namespace Libp2p.Peerstore;

/// <summary>A question about a peer, asked under the gate of its shard.</summary>
internal delegate bool PeerTest(in PeerView view, long now);
