namespace Libp2p.Peerstore;

/// <summary>A peer that is being changed, under the gate of its shard.</summary>
internal readonly ref struct PeerChange(PeerEntry entry, List<AddressWatcher>? watchers, long now)
{
    public PeerEntry Entry { get; } = entry;

    public long Now { get; } = now;

    public void Announce(Multiaddr address)
    {
        foreach (var watcher in watchers ?? [])
        {
            watcher.OfferLocked(address);
        }
    }
}
