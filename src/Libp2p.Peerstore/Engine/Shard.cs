namespace Libp2p.Peerstore;

/// <summary>A part of the peers with a lock of their own.</summary>
internal sealed class Shard
{
    // Guards: _closed, _peers and every PeerEntry in it, _ends, _stamp, _watchers and the overflow mark of each watcher.
    // Order:  a thread that holds one shard's gate never takes another's; whole-store work visits the shards in turn.
    // Never under the gate: user code, I/O, await, cryptography, completing a task that runs continuations inline.
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerId, PeerEntry> _peers = [];
    private readonly EndQueue[] _ends = [.. Enum.GetValues<EndKind>().Select(static kind => new EndQueue(kind))];
    private readonly Dictionary<PeerId, List<AddressWatcher>> _watchers = [];
    private readonly Func<PeerEntry> _newEntry;
    private readonly Func<IPeerJournal?> _journal;
    private long _stamp;
    private bool _closed;

    public Shard(Func<PeerEntry> newEntry, Func<IPeerJournal?> journal) => (_newEntry, _journal) = (newEntry, journal);

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

    /// <summary>
    /// Makes a change, or one try at it: where a place is lacking and <see cref="PeerAttempt.MayAsk"/>, all is undone
    /// and the caller comes again with more in hand. What expired is gone before the change looks.
    /// </summary>
    /// <param name="attempt">Which peer, and with what in hand.</param>
    /// <param name="state">What the change needs.</param>
    /// <param name="change">The change.</param>
    /// <param name="otherwise">The answer where the peer is unknown and may not, or cannot, be added.</param>
    public TResult Change<TState, TResult>(
        PeerAttempt attempt, TState state, Changing<TState, TResult> change, TResult otherwise)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            if (_peers.TryGetValue(attempt.Peer, out var known))
            {
                return ChangeLocked(known, attempt, state, change, otherwise);
            }

            return attempt.MayAdd ? ChangeLocked(_newEntry(), attempt, state, change, otherwise) : otherwise;
        }
    }

    /// <summary>How valuable the least valuable peer is; <see cref="long.MaxValue"/> where nothing may be given up.</summary>
    public long LeastValue(EndKind kind, PeerId except)
    {
        lock (_gate)
        {
            return !_closed && _ends[(int)kind].TryFindVictim(except, _peers, out _, out var victim)
                ? victim.Mark(kind)
                : long.MaxValue;
        }
    }

    /// <summary>Makes the least valuable peer give something up, into somebody's hand.</summary>
    public bool TryEvict(EndKind kind, PeerId except, Places places)
    {
        lock (_gate)
        {
            if (_closed || !_ends[(int)kind].TryFindVictim(except, _peers, out var peer, out var victim))
            {
                return false;
            }

            victim.Places = places;
            victim.GiveUp(kind);
            victim.Mark(kind) = long.MaxValue;
            victim.Stamp = ++_stamp;
            SettleLocked(peer, victim, places);
            return true;
        }
    }

    public int Sweep(long now, Places places)
    {
        var removed = 0;
        lock (_gate)
        {
            // A sweep by the clock may come a moment after the store was closed.
            while (!_closed && _ends[(int)EndKind.NextAddress].TryTakeDue(now, _peers, out var peer, out var entry))
            {
                entry.Places = places;
                removed += entry.DropExpired(now);
                SettleLocked(peer, entry, places);
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
        PeerEntry entry, PeerAttempt attempt, TState state, Changing<TState, TResult> change, TResult otherwise)
    {
        var places = attempt.Places;
        entry.Places = places;
        var before = entry.Version;
        entry.DropExpired(attempt.Now);
        var alive = entry.Version;
        var saved = entry.Save();
        var (done, tookPeer) = (false, false);
        try
        {
            var result = change(new PeerChange(entry, attempt.Now), state);
            // A new peer that lacks everything else asks for its own place first.
            var isNew = !_peers.ContainsKey(attempt.Peer) && (!entry.IsEmpty || (attempt.MayAsk && places.AnyLacked));
            tookPeer = isNew && places.TryTakePeer();
            done = isNew == tookPeer && !(attempt.MayAsk && places.AnyLacked);
            return isNew == tookPeer ? result : otherwise;
        }
        finally
        {
            if (!done)
            {
                entry.Undo(saved);
                places.LackNoMoreThan(entry.Addresses.RoomUnderLimit);
                places.GivePeers(tookPeer ? 1 : 0);
            }
            else if (entry.Version != alive)
            {
                entry.Stamp = ++_stamp;
                TellWatchersLocked(attempt.Peer, entry, saved);
            }

            if (entry.Version != before)
            {
                SettleLocked(attempt.Peer, entry, places);
            }
        }
    }

    /// <summary>Tells what is there after the change and was not before; what came and went within it was never there.</summary>
    private void TellWatchersLocked(PeerId peer, PeerEntry entry, PeerMemento before)
    {
        if (!_watchers.TryGetValue(peer, out var watchers))
        {
            return;
        }

        foreach (ref readonly var address in entry.Addresses.Entries)
        {
            var added = address.Address;
            if (Array.Exists(before.Addresses.Entries, known => known.Address == added))
            {
                continue;
            }

            foreach (var watcher in watchers)
            {
                watcher.OfferLocked(added);
            }
        }
    }

    private void SettleLocked(PeerId peer, PeerEntry entry, Places places)
    {
        if (!entry.IsEmpty)
        {
            _peers[peer] = entry;
            PlanLocked(peer, entry);
        }
        else if (_peers.Remove(peer))
        {
            places.GivePeers(1);
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
