namespace Libp2p.Peerstore;

/// <summary>A part of the peers with a lock of their own.</summary>
internal sealed class Shard
{
    // Guards: _closed, _peers and every PeerEntry in it, _ends, _stamp, _watchers and the overflow mark of each watcher.
    // Order:  a thread that holds one shard's gate never takes another's; whole-store work visits the shards in turn.
    // Never under the gate: user code, I/O, await, cryptography, completing a task that runs continuations inline.
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerId, PeerEntry> _peers = [];
    private readonly EndQueue[] _ends = [new(EndKind.NextAddress), new(EndKind.Record), new(EndKind.Peer)];
    private readonly Dictionary<PeerId, List<AddressWatcher>> _watchers = [];
    private readonly Func<PeerEntry> _newEntry;
    private readonly Func<IPeerJournal?> _journal;
    private readonly Quota _peerQuota;
    private long _stamp;
    private bool _closed;

    public Shard(Func<PeerEntry> newEntry, Func<IPeerJournal?> journal, Quota peerQuota) =>
        (_newEntry, _journal, _peerQuota) = (newEntry, journal, peerQuota);

    public delegate TResult Reading<in TState, out TResult>(PeerEntry? entry, TState state, long now);

    public delegate TResult Changing<in TState, out TResult>(in PeerChange change, TState state);

    public TResult Read<TState, TResult>(PeerId peer, TState state, long now, Reading<TState, TResult> read)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            _peers.TryGetValue(peer, out var entry);
            return read(entry, state, now);
        }
    }

    /// <summary>Reads although the store may be closed: what closing writes, and what ends a stream.</summary>
    public TResult ReadLast<TState, TResult>(PeerId peer, TState state, long now, Reading<TState, TResult> read)
    {
        lock (_gate)
        {
            _peers.TryGetValue(peer, out var entry);
            return read(entry, state, now);
        }
    }

    /// <summary>Changes a peer that may be new; what expired is gone before the change looks.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="state">What the change needs.</param>
    /// <param name="now">The time.</param>
    /// <param name="change">The change.</param>
    /// <param name="whenFull">The answer where the peer is new and there is no room for another.</param>
    public TResult Change<TState, TResult>(
        PeerId peer, TState state, long now, Changing<TState, TResult> change, TResult whenFull)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            if (_peers.TryGetValue(peer, out var known))
            {
                return ChangeLocked(peer, known, state, now, change);
            }

            if (!_peerQuota.TryTake())
            {
                return whenFull;
            }

            try
            {
                return ChangeLocked(peer, _newEntry(), state, now, change);
            }
            finally
            {
                if (!_peers.ContainsKey(peer))
                {
                    _peerQuota.Return(1);
                }
            }
        }
    }

    /// <summary>Changes a peer if it is known.</summary>
    public TResult? ChangeKnown<TState, TResult>(PeerId peer, TState state, long now, Changing<TState, TResult> change)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            return _peers.TryGetValue(peer, out var known) ? ChangeLocked(peer, known, state, now, change) : default;
        }
    }

    /// <summary>How valuable the least valuable peer is; <see cref="long.MaxValue"/> where nothing may be given up.</summary>
    public long LeastValue(EndKind kind)
    {
        lock (_gate)
        {
            return _ends[(int)kind].TryFindVictim(_peers, out _, out var victim) ? victim.Mark(kind) : long.MaxValue;
        }
    }

    /// <summary>Makes the least valuable peer give something up for others.</summary>
    public bool TryEvict(EndKind kind)
    {
        lock (_gate)
        {
            if (_closed || !_ends[(int)kind].TryFindVictim(_peers, out var peer, out var victim))
            {
                return false;
            }

            victim.GiveUp(kind);
            victim.Mark(kind) = long.MaxValue;
            SettleLocked(peer, victim);
            victim.Stamp = ++_stamp;
            return true;
        }
    }

    public int Sweep(long now)
    {
        var removed = 0;
        lock (_gate)
        {
            // A sweep by the clock may come a moment after the store was closed.
            while (!_closed && _ends[(int)EndKind.NextAddress].TryTakeDue(now, _peers, out var peer, out var entry))
            {
                removed += entry.DropExpired(now);
                SettleLocked(peer, entry);
            }
        }

        return removed;
    }

    public void List<TState>(List<PeerId> into, TState state, long now, Reading<TState, bool> test)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            foreach (var (peer, entry) in _peers)
            {
                if (test(entry, state, now))
                {
                    into.Add(peer);
                }
            }
        }
    }

    public void Restore(PeerId peer, PeerEntry entry)
    {
        lock (_gate)
        {
            _peerQuota.TakeAnyway();
            entry.Stamp = ++_stamp;
            _peers[peer] = entry;
            PlanLocked(peer, entry);
        }
    }

    public TResult Watch<TState, TResult>(
        PeerId peer, AddressWatcher watcher, TState state, long now, Reading<TState, TResult> snapshot)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            if (!_watchers.TryGetValue(peer, out var watchers))
            {
                _watchers[peer] = watchers = [];
            }

            watchers.Add(watcher);
            _peers.TryGetValue(peer, out var entry);
            return snapshot(entry, state, now);
        }
    }

    public void Unwatch(PeerId peer, AddressWatcher watcher)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(peer, out var watchers) && watchers.Remove(watcher) && watchers.Count == 0)
            {
                _watchers.Remove(peer);
            }
        }
    }

    /// <summary>Ends all streams; from now on every question and change is refused.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var watcher in _watchers.Values.SelectMany(static watchers => watchers))
            {
                watcher.Complete();
            }
        }
    }

    private void ThrowIfClosedLocked() => ObjectDisposedException.ThrowIf(_closed, typeof(IPeerstore));

    private TResult ChangeLocked<TState, TResult>(
        PeerId peer, PeerEntry entry, TState state, long now, Changing<TState, TResult> change)
    {
        var before = entry.Version;
        var alive = before;
        try
        {
            entry.DropExpired(now);
            alive = entry.Version;
            _watchers.TryGetValue(peer, out var watchers);
            return change(new PeerChange(entry, watchers, now), state);
        }
        finally
        {
            if (entry.Version != alive)
            {
                entry.Stamp = ++_stamp;
            }

            if (entry.Version != before)
            {
                SettleLocked(peer, entry);
            }
        }
    }

    private void SettleLocked(PeerId peer, PeerEntry entry)
    {
        if (!entry.IsEmpty)
        {
            _peers[peer] = entry;
            PlanLocked(peer, entry);
        }
        else if (_peers.Remove(peer))
        {
            _peerQuota.Return(1);
        }

        _journal()?.OnChanged(peer);
    }

    private void PlanLocked(PeerId peer, PeerEntry entry)
    {
        foreach (var queue in _ends)
        {
            queue.Plan(peer, entry, _peers);
        }
    }
}
