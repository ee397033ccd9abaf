namespace Libp2p.Peerstore;

/// <summary>What ends: sweeping what is due, and giving up what is least valuable.</summary>
internal sealed partial class Shard
{
    /// <summary>Gaps are a fifth of what lives at most while a store works, a twelfth after a sweep.</summary>
    private const int CleaningShare = 5;
    private const int SweepingShare = 12;

    private const int PeersPerTurn = 32;

    private readonly List<uint> _handles = [];
    private readonly List<PeerId> _peers = [];
    private readonly List<(long Tick, uint Prefix)> _held = [];
    private readonly List<(uint Hash, long End)> _moved = [];

    private EndQueue NextAddresses => _ends[(int)EndKind.NextAddress]!;

    /// <summary>A time before the value of the least valuable peer and none after it; see <see cref="EndFronts"/>.</summary>
    public long LeastValue(in VictimSearch search)
    {
        lock (_gate)
        {
            var found = MaySearchLocked(search) && TryFindVictimLocked(search.Kind, search.Except, out var tick, out _) ? tick : long.MaxValue;
            GC.KeepAlive(_log);
            return found;
        }
    }

    /// <summary>Makes the least valuable peer give something up, into somebody's hand.</summary>
    public bool TryEvict(in VictimSearch search, Places places, out PeerId victim)
    {
        lock (_gate)
        {
            victim = default;
            if (!MaySearchLocked(search) || !TryFindVictimLocked(search.Kind, search.Except, out _, out var slot))
            {
                return false;
            }

            (victim, var hash) = (new PeerView(_log[_index.HandleAt(slot)], _sets).Peer, _index.HashAt(slot));
            LoadLocked(slot, places);
            var before = _entry.Ends;
            _entry.GiveUp(search.Kind);
            _entry.Stamp = ++_stamp;
            SettleLocked(slot, victim, hash, before);
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

            try
            {
                var (removed, hasMore) = SweepDueLocked(now, places);
                hasMore |= !hasMore && _log.Clean(_index, SweepingShare);
                return (removed, hasMore);
            }
            finally
            {
                PublishLocked(EndKind.NextAddress);
                // Under the gate, so that what is counted is what is held whenever no gate is.
                places.ReturnAll();
                GC.KeepAlive(_log);
            }
        }
    }

    private (int Removed, bool HasMore) SweepDueLocked(long now, Places places)
    {
        var (removed, left, queue) = (0, PeersPerTurn, NextAddresses);
        var tick = queue.TickOf(now);
        try
        {
            while (queue.FirstTick <= tick && left > 0)
            {
                // Put back whatever happens, unless all of its peers have been swept.
                _held.Add(queue.TakeSame());
                removed += SweepSameLocked(_held[^1], now, places, out var isHeld);
                if (!isHeld)
                {
                    _held.RemoveAt(_held.Count - 1);
                    // What is put back does not count: a turn that is over has brought the sweep on.
                    left--;
                }
            }
        }
        finally
        {
            PutBackLocked(queue);
        }

        DropLeftoversLocked();
        return (removed, left == 0);
    }

    /// <summary>Sweeps the peers of an entry.</summary>
    /// <returns>How many addresses went; held is an entry within the tick that is now, of which one is not yet due.</returns>
    private int SweepSameLocked((long Tick, uint Prefix) entry, long now, Places places, out bool isHeld)
    {
        var (removed, queue) = (0, NextAddresses);
        isHeld = false;
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
                isHeld = true;
            }
            else if (end != long.MaxValue)
            {
                queue.Add(hash, end);
            }
        }

        return removed;
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
        if (_entry.Ends.NextAddress is < long.MaxValue and var next)
        {
            NextAddresses.Add(hash, next);
        }

        SettleLocked(slot, peer, hash, before);
        return removed;
    }

    private bool MaySearchLocked(in VictimSearch search) => !_closed || search.AlsoWhenClosed;

    private bool TryFindVictimLocked(EndKind kind, in PeerId except, out long tick, out int slot)
    {
        var queue = _ends[(int)kind] ?? FillLocked(kind);
        (tick, slot) = (long.MaxValue, -1);
        try
        {
            while (slot < 0 && queue.Count > 0)
            {
                tick = queue.Peek().Tick;
                slot = LookAtFrontLocked(queue, kind, except, out var isHeld);
                PassFrontLocked(queue, slot >= 0, isHeld);
            }
        }
        finally
        {
            _moved.Clear();
            PutBackLocked(queue);
        }

        PublishLocked(kind);
        return slot >= 0;
    }

    /// <summary>Looks for a victim among the peers of the front, and notes those that have moved away from it.</summary>
    /// <returns>The slot of the victim, or -1; held is a front at which a peer stands that must not be one.</returns>
    private int LookAtFrontLocked(EndQueue queue, EndKind kind, in PeerId except, out bool isHeld)
    {
        var ((tick, prefix), slot) = (queue.Peek(), -1);
        isHeld = false;
        _handles.Clear();
        _index.List(prefix, PeerIndex.PrefixBits, _handles);
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

        return slot;
    }

    /// <summary>Takes the front away unless it is the victim's, and adds anew what has moved.</summary>
    private void PassFrontLocked(EndQueue queue, bool isVictim, bool isHeld)
    {
        if (!isVictim)
        {
            queue.Reserve(_moved.Count);
            var entry = queue.TakeSame();
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
}
