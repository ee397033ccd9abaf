namespace Libp2p.Peerstore;

/// <summary>What a lifecycle knows of one peer that is connected, was so a moment ago, or is being worked on.</summary>
internal sealed class PeerTrack(PeerId peer)
{
    public PeerId Peer { get; } = peer;

    // Belong to whoever has the peer's turn.

    /// <summary>The remote addresses of the connections, by their IDs.</summary>
    public Dictionary<object, Multiaddr> Connections { get; } = [];

    /// <summary>The connections that the peer identified itself over while it had none that was reported.</summary>
    public HashSet<object> IdentifiedEarly { get; } = [];

    /// <summary>
    /// The remote address of the last connection, from its end until the store has taken note of that end; so that a
    /// store that fails once leaves no address connected for ever.
    /// </summary>
    public Multiaddr? UnsettledEnd { get; set; }

    // Guarded by the gate of PeerTracks.

    /// <summary>How many have the turn or wait for it.</summary>
    public int Users { get; set; }

    /// <summary>Completes when the turn that was asked for last is over.</summary>
    public Task LastTurn { get; set; } = Task.CompletedTask;

    /// <summary>The place in the queue of those whose grace period runs.</summary>
    public LinkedListNode<PeerTrack>? Waiting { get; set; }

    /// <summary>When the grace period is over, on the queue's own clock.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>Whether nothing would be lost by forgetting it.</summary>
    public bool IsForgettable => Users == 0 && Waiting is null && Connections.Count == 0;
}
