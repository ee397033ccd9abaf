namespace Libp2p.Peerstore;

/// <summary>A part of the peers with a lock of their own.</summary>
/// <remarks>
/// <para>
/// Peers lie as frames in a <see cref="RecordLog"/>, found by a <see cref="PeerIndex"/>. Readers take the gate, too: it is
/// held for a look-up and a copy, well under a microsecond, and there are many shards; a sequence number that readers
/// validate instead saves them little and would let them look at memory that is being written (<c>docs/adr/0010</c>).
/// </para>
/// <para>
/// A change copies the peer's sections into the shard's one <see cref="PeerEntry"/>, works on it, and writes it back: over
/// the frame where it fits, else as a new one. The commonest changes, which alter numbers and no lengths, are made in the
/// frame itself (<see cref="PeerInPlace"/>), to the same effect: room in the queues first, then the numbers, the stamp, the
/// ends, the journal. Only here are frames freed and moved; a frame that is freed may be moved
/// over at once, because nobody holds a span of one outside of the gate.
/// </para>
/// <para>
/// Memory may be refused at any allocation. What a change needs it takes before the peer's frame is touched, so that one
/// that throws has changed nothing; what saves memory (cleaning, smaller tables, queues without leftovers) is left for
/// later where it would need some. What gives something up always can: a frame that cannot move shrinks where it stands.
/// </para>
/// </remarks>
internal sealed partial class Shard
{
    // Guards: all fields below, and the overflow mark of each watcher.
    // Order:  a thread that holds one shard's gate never takes another's; whole-store work visits the shards in turn.
    //         Under a gate only the innermost ones of ProtocolSets, BlockSource and the journal are taken.
    // Never under the gate: user code, I/O, await, cryptography, completing a task that runs continuations inline.
    private readonly Lock _gate = new();
    private readonly PeerIndex _index;
    private readonly RecordLog _log;
    private readonly EndQueue?[] _ends = new EndQueue?[Enum.GetValues<EndKind>().Length];
    private readonly MemoryUse _use;
    private readonly ProtocolSets _sets;
    private readonly EndFronts _fronts;
    private readonly int _number;
    private readonly Func<IPeerJournal?> _journal;
    private readonly PeerstoreOptions _options;
    private readonly PeerEntry _entry;
    private readonly EntryBuffer _output = new();
    private Dictionary<PeerId, List<AddressWatcher>>? _watchers;
    private long _stamp;
    private bool _closed;

    public Shard(int number, EngineParts parts, Func<IPeerJournal?> journal)
    {
        (_number, _options, _sets, _fronts, _journal) = (number, parts.Options, parts.Sets, parts.Fronts, journal);
        (_use, _log) = (parts.Blocks.Use, new(parts.Blocks));
        _index = new(_use);
        _entry = new(parts.Options, parts.Sets);
        _ends[(int)EndKind.NextAddress] = new(parts.Fronts.Origin, _use);
        PublishLocked(EndKind.NextAddress);
    }

    public delegate TResult Reading<in TState, out TResult>(in PeerView view, TState state, long now);

    public delegate TResult Changing<in TState, out TResult>(in PeerChange change, TState state);

    public delegate InPlaceResult ChangingInPlace<in TState, TResult>(in PeerInPlace peer, TState state, out TResult result);

    /// <summary>The bytes of blocks that are filled, gaps included.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_gate)
            {
                return _log.Used;
            }
        }
    }

    public TResult Read<TState, TResult>(
        in PeerId peer, ulong hash, TState state, long now, Reading<TState, TResult> read)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            var result = read(ViewLocked(peer, PeerIndex.HashOf(hash)), state, now);
            GC.KeepAlive(_log);
            return result;
        }
    }

    /// <summary>Reads although the store may be closed: what closing writes, and what ends a stream.</summary>
    public TResult ReadLast<TState, TResult>(in PeerId peer, TState state, long now, Reading<TState, TResult> read)
    {
        lock (_gate)
        {
            var result = read(ViewLocked(peer, PeerIndex.HashOf(peer)), state, now);
            GC.KeepAlive(_log);
            return result;
        }
    }

    /// <summary>
    /// Makes a change, or one try at it: where a place is lacking and <see cref="PeerAttempt.MayAsk"/>, all is undone
    /// and the caller comes again with more in hand. What expired is gone before the change looks.
    /// </summary>
    /// <param name="attempt">Which peer, and with what in hand.</param>
    /// <param name="state">What the change needs.</param>
    /// <param name="rule">The change.</param>
    /// <param name="otherwise">The answer where the peer is unknown and may not, or cannot, be added.</param>
    public TResult Change<TState, TResult>(
        in PeerAttempt attempt, TState state, ChangeRule<TState, TResult> rule, TResult otherwise)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            var slot = _index.Find(PeerIndex.HashOf(attempt.Hash), attempt.Peer, _log);
            if (slot < 0 && !attempt.MayAdd)
            {
                return otherwise;
            }

            if (slot < 0 || rule.InPlace is null || !TryChangeInPlaceLocked(slot, attempt, state, rule.InPlace, out var result))
            {
                LoadLocked(slot, attempt.Places);
                result = ChangeLocked(slot, attempt, state, rule.OnCopy, otherwise);
            }

            GC.KeepAlive(_log);
            return result;
        }
    }

    /// <summary>Puts a peer back as a file remembers it. It is not there yet.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="sections">Its sections, checked.</param>
    /// <param name="revive">Makes of it what it is now; false where nothing is left.</param>
    /// <param name="places">A hand for what reviving needs and gives up.</param>
    public bool Restore(in PeerId peer, ReadOnlySpan<byte> sections, Func<PeerEntry, bool> revive, Places places)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            _entry.Load(sections, ProtocolSet.Empty, ++_stamp, places);
            var isAlive = revive(_entry);
            if (isAlive)
            {
                SettleLocked(-1, peer, PeerIndex.HashOf(peer), PeerEnds.None);
                places.TakeAnyway(_entry.Addresses.CountMortal(), _entry.HasRecord ? 1 : 0);
            }
            else
            {
                _entry.Undo();
                _entry.Wipe();
            }

            GC.KeepAlive(_log);
            return isAlive;
        }
    }

    /// <summary>Lists peers whose hashes begin with some bits, so that the gate is held for a few of many.</summary>
    public void List(int chunk, int chunkBits, List<PeerId> into, long now, PeerTest test)
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
            _handles.Clear();
            _index.List((uint)chunk, chunkBits, _handles);
            foreach (var handle in _handles)
            {
                var view = new PeerView(_log[handle], _sets);
                if (test(view, now))
                {
                    into.Add(view.Peer);
                }
            }

            GC.KeepAlive(_log);
        }
    }

    /// <summary>How many bits of the hash give chunks of at most a few hundred peers.</summary>
    public int ChunkBits()
    {
        const int Chunk = 256;
        lock (_gate)
        {
            return System.Numerics.BitOperations.Log2((uint)(_index.Count / Chunk) + 1);
        }
    }

    /// <summary>Ends all streams; from now on every question and change is refused.</summary>
    public void Close(long now)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                CompleteWatchersLocked(now);
            }
        }
    }

    /// <summary>Forgets everything, whose memory is about to go. The shard is closed.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _index.Forget();
            _log.Forget();
            foreach (var queue in _ends)
            {
                queue?.Clear();
            }
        }
    }

    private void ThrowIfClosedLocked() => ObjectDisposedException.ThrowIf(_closed, typeof(IPeerstore));

    private PeerView ViewLocked(in PeerId peer, uint hash)
    {
        var slot = _index.Find(hash, peer, _log);
        return slot < 0 ? default : new PeerView(_log[_index.HandleAt(slot)], _sets);
    }

    private void LoadLocked(int slot, Places places)
    {
        AssertInvariantsLocked();
        if (slot < 0)
        {
            _entry.Load(default, ProtocolSet.Empty, 0, places);
            return;
        }

        var view = new PeerView(_log[_index.HandleAt(slot)], _sets);
        _entry.Load(view.Sections, view.Protocols, view.Stamp, places);
    }

    private TResult ChangeLocked<TState, TResult>(
        int slot, in PeerAttempt attempt, TState state, Changing<TState, TResult> change, TResult otherwise)
    {
        var (entry, places) = (_entry, attempt.Places);
        var before = slot < 0 ? PeerEnds.None : entry.Ends;
        var hasExpired = entry.DropExpired(attempt.Now) > 0;
        entry.Begin();
        var (done, tookPeer) = (false, false);
        List<Multiaddr>? news = null;
        try
        {
            var result = change(new PeerChange(entry, attempt.Now), state);
            // A new peer that lacks everything else asks for its own place first.
            var isNew = slot < 0 && (!entry.IsEmpty || (attempt.MayAsk && places.AnyLacked));
            tookPeer = isNew && places.TryTakePeer();
            var isGood = isNew == tookPeer && !(attempt.MayAsk && places.AnyLacked);
            news = isGood && entry.IsChanged ? NewsLocked(attempt.Peer, attempt.Now) : null;
            done = isGood;
            return isNew == tookPeer ? result : otherwise;
        }
        finally
        {
            if (!done)
            {
                entry.Undo();
                places.LackNoMoreThan(entry.Addresses.RoomUnderLimit);
                places.GivePeers(tookPeer ? 1 : 0);
            }
            else if (entry.IsChanged)
            {
                entry.Stamp = ++_stamp;
            }

            if (hasExpired || entry.IsChanged)
            {
                var isOnlyRenewed = !hasExpired && entry.IsOnlyRenewed;
                SettleLocked(slot, attempt.Peer, PeerIndex.HashOf(attempt.Hash), before, isOnlyRenewed);
                TellWatchersLocked(attempt.Peer, news);
            }
            else if (entry.HoldsPrivateKey)
            {
                entry.Wipe();
            }
        }
    }
}
