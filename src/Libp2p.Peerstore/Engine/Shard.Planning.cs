namespace Libp2p.Peerstore;

/// <summary>When what ends: the queues of a shard, kept so that no end is missing, and no more than some leftovers stand in them.</summary>
internal sealed partial class Shard
{
    /// <summary>A peer that connects and disconnects leaves an entry each time; filling anew looks at every record.</summary>
    private const int LeftoversPerPeer = 4;

    private void PutBackLocked(EndQueue queue)
    {
        foreach (var (tick, prefix) in _held)
        {
            queue.PutBack(tick, prefix);
        }

        _held.Clear();
        queue.TrimExcess();
    }

    /// <summary>Makes room in the queues for one peer's ends.</summary>
    private void ReserveEndsLocked()
    {
        foreach (var queue in _ends)
        {
            queue?.Reserve(1);
        }
    }

    private void PlanLocked(uint hash, in PeerEnds before, in PeerEnds after)
    {
        for (var i = 0; i < _ends.Length; i++)
        {
            var kind = (EndKind)i;
            if (_ends[i] is { } queue && after[kind] < before[kind])
            {
                queue.Add(hash, after[kind]);
                PublishLocked(kind);
            }
        }
    }

    private void DropLeftoversLocked()
    {
        for (var i = 0; i < _ends.Length; i++)
        {
            if (_ends[i] is { } queue && queue.Count > PeersPerTurn + (LeftoversPerPeer * _index.Count))
            {
                TryFillLocked((EndKind)i);
            }
        }
    }

    private void TryFillLocked(EndKind kind)
    {
        try
        {
            FillLocked(kind);
        }
        catch (OutOfMemoryException)
        {
            // Leftovers do no harm but take room; the next change tries again.
        }
    }

    /// <summary>Fills a queue from the records: when it is first asked for, and when leftovers outnumber the peers.</summary>
    private EndQueue FillLocked(EndKind kind)
    {
        // Beside the one that is there, which is right, and stays where there is no memory for another.
        var fresh = new EndQueue(_fronts.Origin, _use);
        _handles.Clear();
        _index.List(prefix: 0, bits: 0, _handles);
        foreach (var handle in _handles)
        {
            var view = new PeerView(_log[handle], _sets);
            if (view.Ends[kind] is < long.MaxValue and var end)
            {
                fresh.Add(PeerIndex.HashOf(view.Peer), end);
            }
        }

        _handles.Clear();
        _handles.TrimExcess();
        var queue = _ends[(int)kind] ??= new(_fronts.Origin, _use);
        queue.TakeOver(fresh);
        PublishLocked(kind);
        return queue;
    }

    private void PublishLocked(EndKind kind) => _fronts.Publish(kind, _number, _ends[(int)kind]!.FirstTick);
}
