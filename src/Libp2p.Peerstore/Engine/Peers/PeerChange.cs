namespace Libp2p.Peerstore;

/// <summary>A peer that is being changed, under the gate of its shard.</summary>
internal readonly ref struct PeerChange(PeerEntry entry, long now)
{
    public PeerEntry Entry { get; } = entry;

    public long Now { get; } = now;

    /// <summary>The version of the peer as callers know it; of one without anything alive, that of an unknown peer.</summary>
    public PeerVersion Version => Entry.IsEmpty ? default : new(Entry.Stamp);
}
