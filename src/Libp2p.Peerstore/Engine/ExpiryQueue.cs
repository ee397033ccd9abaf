namespace Libp2p.Peerstore;

/// <summary>Which peers have something that ends, by the time of their next end. Guarded by the gate of its shard.</summary>
/// <remarks>
/// A peer stands in the queue at the earliest end that was ever announced for it and not yet come; the entry at
/// <see cref="PeerEntry.QueuedExpiry"/> is the valid one, others are leftovers of longer plans and are passed over.
/// When leftovers outnumber peers the queue is built anew, so that its size is bounded by the number of peers.
/// </remarks>
internal sealed class ExpiryQueue
{
    private const int MinimumBeforeRebuild = 64;

    private readonly PriorityQueue<PeerId, long> _queue = new();

    public int Count => _queue.Count;

    public void Plan(PeerId peer, PeerEntry entry, Dictionary<PeerId, PeerEntry> peers)
    {
        var next = entry.Addresses.NextExpiry;
        if (next >= entry.QueuedExpiry)
        {
            return;
        }

        entry.QueuedExpiry = next;
        _queue.Enqueue(peer, next);
        if (_queue.Count > MinimumBeforeRebuild + (2 * peers.Count))
        {
            Rebuild(peers);
        }
    }

    /// <summary>Takes out the next peer of which something has ended.</summary>
    public bool TryTakeDue(long now, Dictionary<PeerId, PeerEntry> peers, out PeerId peer, out PeerEntry entry)
    {
        while (_queue.TryPeek(out peer, out var due) && due <= now)
        {
            _queue.Dequeue();
            if (peers.TryGetValue(peer, out entry!) && entry.QueuedExpiry == due)
            {
                entry.QueuedExpiry = long.MaxValue;
                return true;
            }
        }

        entry = null!;
        return false;
    }

    private void Rebuild(Dictionary<PeerId, PeerEntry> peers)
    {
        _queue.Clear();
        foreach (var (peer, entry) in peers)
        {
            if (entry.QueuedExpiry != long.MaxValue)
            {
                _queue.Enqueue(peer, entry.QueuedExpiry);
            }
        }
    }
}
