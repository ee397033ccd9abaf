namespace Libp2p.Peerstore;

/// <summary>The peers of a shard by the time of an end: what is due, and what is least valuable. Guarded by its gate.</summary>
/// <remarks>
/// <para>
/// The one place where victims are chosen: the nearest end is worth least. Only what has an end stands here, so that
/// permanent addresses and connected peers are never chosen; of a connected peer, no other address either.
/// </para>
/// <para>
/// A peer stands in the queue at the earliest end that was ever planned for it; the entry that the peer's mark names
/// is the valid one, others are leftovers. One that comes to the front too early, because its end has moved, is
/// planned anew. When leftovers outnumber peers the queue is built anew, so that its size is bounded by the number of
/// peers.
/// </para>
/// </remarks>
internal sealed class EndQueue(EndKind kind)
{
    private const int MinimumBeforeRebuild = 64;

    private readonly PriorityQueue<PeerId, long> _queue = new();

    public void Plan(PeerId peer, PeerEntry entry, Dictionary<PeerId, PeerEntry> peers)
    {
        var end = entry.EndOf(kind);
        if (end >= entry.Mark(kind))
        {
            return;
        }

        entry.Mark(kind) = end;
        _queue.Enqueue(peer, end);
        if (_queue.Count > MinimumBeforeRebuild + (2 * peers.Count))
        {
            Rebuild(peers);
        }
    }

    /// <summary>Takes out the next peer of which something has ended.</summary>
    public bool TryTakeDue(long now, Dictionary<PeerId, PeerEntry> peers, out PeerId peer, out PeerEntry entry)
    {
        if (TryPeek(peers, out peer, out entry) && entry.Mark(kind) <= now)
        {
            TakeFirst(entry);
            return true;
        }

        return false;
    }

    /// <summary>Finds the least valuable peer that is not connected, and leaves it in the queue.</summary>
    public bool TryFindVictim(Dictionary<PeerId, PeerEntry> peers, out PeerId peer, out PeerEntry entry)
    {
        List<(PeerId Peer, PeerEntry Entry)>? connected = null;
        bool found;
        while ((found = TryPeek(peers, out peer, out entry)) && entry.Addresses.IsConnected)
        {
            (connected ??= []).Add((peer, entry));
            TakeFirst(entry);
        }

        foreach (var (skippedPeer, skipped) in connected ?? [])
        {
            Plan(skippedPeer, skipped, peers);
        }

        return found;
    }

    private bool TryPeek(Dictionary<PeerId, PeerEntry> peers, out PeerId peer, out PeerEntry entry)
    {
        while (_queue.TryPeek(out peer, out var planned))
        {
            if (!peers.TryGetValue(peer, out entry!) || entry.Mark(kind) != planned)
            {
                _queue.Dequeue();
            }
            else if (entry.EndOf(kind) > planned)
            {
                TakeFirst(entry);
                Plan(peer, entry, peers);
            }
            else
            {
                return true;
            }
        }

        entry = null!;
        return false;
    }

    private void TakeFirst(PeerEntry entry)
    {
        _queue.Dequeue();
        entry.Mark(kind) = long.MaxValue;
    }

    private void Rebuild(Dictionary<PeerId, PeerEntry> peers)
    {
        _queue.Clear();
        foreach (var (peer, entry) in peers)
        {
            if (entry.Mark(kind) != long.MaxValue)
            {
                _queue.Enqueue(peer, entry.Mark(kind));
            }
        }
    }
}
