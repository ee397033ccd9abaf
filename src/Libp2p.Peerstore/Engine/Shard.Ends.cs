namespace Libp2p.Peerstore;

/// <summary>What ends: sweeping what is due, and giving up what is least valuable.</summary>
internal sealed partial class Shard
{
    /// <summary>Gaps are a fifth of what lives at most while a store works, an eighth after a sweep.</summary>
    private const int CleaningShare = 5;
    private const int SweepingShare = 8;

    private const int PeersPerTurn = 32;

    /// <summary>A peer that connects and disconnects leaves an entry each time; filling anew looks at every record.</summary>
    private const int LeftoversPerPeer = 4;

    private readonly List<uint> _handles = [];
    private readonly List<PeerId> _peers = [];
    private readonly List<(long Tick, uint Prefix)> _held = [];
    private readonly List<(uint Hash, long End)> _moved = [];

    private EndQueue NextAddresses => _ends[(int)EndKind.NextAddress]!;

    /// <summary>A time before the value of the least valuable peer and none after it; see <see cref="EndFronts"/>.</summary>
    public long LeastValue(EndKind kind, in PeerId except)
    {
        lock (_gate)
        {
            var found = !_closed && TryFindVictimLocked(kind, except, out var tick, out _) ? tick : long.MaxValue;
            GC.KeepAlive(_log);
            return found;
        }
    }

    /// <summary>Makes the least valuable peer give something up, into somebody's hand.</summary>
    public bool TryEvict(EndKind kind, in PeerId except, Places places)
    {
        lock (_gate)
        {
            if (_closed || !TryFindVictimLocked(kind, except, out _, out var slot))
            {
                return false;
            }

            var (peer, hash) = (new PeerView(_log[_index.HandleAt(slot)], _sets).Peer, _index.HashAt(slot));
            LoadLocked(slot, places);
            var before = _entry.Ends;
            _entry.GiveUp(kind);
            _entry.Stamp = ++_stamp;
            SettleLocked(slot, peer, hash, before);
            GC.KeepAlive(_log);
            return true;
        }
    }

    /// <summary>Removes some of what has expired: a turn of a few hundredths of a millisecond.</summary>
    /// <returns>How many addresses went, and whether there is more to do.</returns>
    public (int Removed, bool HasMore) Sweep(long now, Places places)
    {
        lock (_gate)
        {
            // A sweep by the clock may come a moment after the store was closed.
            if (_closed)
            {
                return default;
            }

            var (removed, hasMore) = SweepDueLocked(now, places);
            hasMore |= !hasMore && _log.Clean(_index, SweepingShare);
            PublishLocked(EndKind.NextAddress);
            // Under the gate, so that what is counted is what is held whenever no gate is.
            places.ReturnAll();
            GC.KeepAlive(_log);
            return (removed, hasMore);
        }
    }

    private (int Removed, bool HasMore) SweepDueLocked(long now, Places places)
    {
        var (removed, left, queue) = (0, PeersPerTurn, NextAddresses);
        var tick = queue.TickOf(now);
        while (queue.FirstTick <= tick && left > 0)
        {
            var entry = queue.TakeSame();
            var isHeld = false;
            foreach (var peer in PeersOfLocked(entry.Prefix))
            {
                var hash = PeerIndex.HashOf(peer);
                var end = ViewLocked(peer, hash).Ends.NextAddress;
                if (end <= now)
                {
                    removed += SweepPeerLocked(peer, hash, now, places);
                }
                else if (queue.TickOf(end) == entry.Tick)
                {
                    // Within the tick that is now, but not yet due.
                    isHeld = true;
                }
                else if (end != long.MaxValue)
                {
                    queue.Add(hash, end);
                }
            }

            // What is put back does not count: a turn that is over has brought the sweep on.
            left -= isHeld ? 0 : 1;
            if (isHeld)
            {
                _held.Add(entry);
            }
        }

        PutBackLocked(queue);
        DropLeftoversLocked(EndKind.NextAddress);
        return (removed, left == 0);
    }

    /// <summary>The peers whose hashes begin so: nearly always one. Good until the next call.</summary>
    private List<PeerId> PeersOfLocked(uint prefix)
    {
        _handles.Clear();
        _peers.Clear();
        _index.List(prefix, PeerIndex.PrefixBits, _handles);
        foreach (var handle in _handles)
        {
            _peers.Add(new PeerView(_log[handle], _sets).Peer);
        }

        return _peers;
    }

    /// <summary>Frames may have moved afterwards.</summary>
    private int SweepPeerLocked(in PeerId peer, uint hash, long now, Places places)
    {
        var slot = _index.Find(hash, peer, _log);
        LoadLocked(slot, places);
        var before = _entry.Ends;
        var removed = _entry.DropExpired(now);
        var next = _entry.Ends.NextAddress;
        SettleLocked(slot, peer, hash, before);
        if (next != long.MaxValue)
        {
            NextAddresses.Add(hash, next);
        }

        return removed;
    }

    private bool TryFindVictimLocked(EndKind kind, in PeerId except, out long tick, out int slot)
    {
        var queue = _ends[(int)kind] ?? FillLocked(kind);
        (tick, slot) = (long.MaxValue, -1);
        while (slot < 0 && queue.Count > 0)
        {
            var entry = queue.Peek();
            (tick, var isHeld) = (entry.Tick, false);
            _handles.Clear();
            _index.List(entry.Prefix, PeerIndex.PrefixBits, _handles);
            foreach (var handle in _handles)
            {
                var view = new PeerView(_log[handle], _sets);
                var (peer, end) = (view.Peer, view.Ends[kind]);
                if (end == long.MaxValue || queue.TickOf(end) < tick)
                {
                    continue;
                }

                if (queue.TickOf(end) > tick)
                {
                    _moved.Add((PeerIndex.HashOf(peer), end));
                }
                else if (peer == except)
                {
                    isHeld = true;
                }
                else
                {
                    slot = _index.Find(PeerIndex.HashOf(peer), peer, _log);
                }
            }

            PassFrontLocked(queue, entry, slot >= 0, isHeld);
        }

        PutBackLocked(queue);
        PublishLocked(kind);
        return slot >= 0;
    }

    /// <summary>Takes the front away unless it is the victim's, and adds anew what has moved.</summary>
    private void PassFrontLocked(EndQueue queue, (long Tick, uint Prefix) entry, bool isVictim, bool isHeld)
    {
        if (!isVictim)
        {
            queue.TakeSame();
            if (isHeld)
            {
                _held.Add(entry);
            }

            foreach (var (hash, end) in _moved)
            {
                queue.Add(hash, end);
            }
        }

        _moved.Clear();
    }

    private void PutBackLocked(EndQueue queue)
    {
        foreach (var (tick, prefix) in _held)
        {
            queue.PutBack(tick, prefix);
        }

        _held.Clear();
    }

    private void PlanLocked(uint hash, in PeerEnds before, in PeerEnds after)
    {
        for (var i = 0; i < _ends.Length; i++)
        {
            var kind = (EndKind)i;
            if (_ends[i] is not { } queue || after[kind] >= before[kind])
            {
                continue;
            }

            queue.Add(hash, after[kind]);
            DropLeftoversLocked(kind);
            PublishLocked(kind);
        }
    }

    private void DropLeftoversLocked(EndKind kind)
    {
        if (_ends[(int)kind]!.Count > PeersPerTurn + (LeftoversPerPeer * _index.Count))
        {
            FillLocked(kind);
        }
    }

    /// <summary>Fills a queue from the records: when it is first asked for, and when leftovers outnumber the peers.</summary>
    private EndQueue FillLocked(EndKind kind)
    {
        var queue = _ends[(int)kind] ??= new(_fronts.Origin);
        queue.Clear();
        _handles.Clear();
        _index.List(prefix: 0, bits: 0, _handles);
        foreach (var handle in _handles)
        {
            var view = new PeerView(_log[handle], _sets);
            if (view.Ends[kind] is < long.MaxValue and var end)
            {
                queue.Add(PeerIndex.HashOf(view.Peer), end);
            }
        }

        _handles.Clear();
        _handles.TrimExcess();
        return queue;
    }

    private void PublishLocked(EndKind kind) => _fronts.Publish(kind, _number, _ends[(int)kind]!.FirstTick);
}
