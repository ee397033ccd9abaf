using System.Buffers;
using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore;

/// <summary>The peers of a store in memory: where every store's answers come from.</summary>
/// <remarks>
/// Peers are spread over shards by the hash of their ID, which is seeded per process because others choose IDs. Each
/// shard has its own lock, held for a look-up and a small change. What holds for the whole store (the limits on
/// addresses and records) is counted by quotas that shards share without a lock. Time is the wall clock of a
/// <see cref="TimeProvider"/>, in ticks of 100 ns, because lifetimes go on while a durable store is closed.
/// </remarks>
internal sealed class PeerstoreEngine : IDisposable
{
    private const int ShardCount = 16;

    private readonly Shard[] _shards = new Shard[ShardCount];
    private readonly Quota _addressQuota;
    private readonly Quota _recordQuota;
    private readonly Quota _peerQuota;
    private readonly TimeProvider _time;
    private readonly ITimer? _sweeper;
    private volatile bool _closed;

    public PeerstoreEngine(PeerstoreOptions options, TimeProvider time)
    {
        Options = options;
        _time = time;
        _addressQuota = new(options.MaxAddresses);
        _recordQuota = new(options.MaxSignedRecords);
        _peerQuota = new(options.MaxPeers);
        for (var i = 0; i < ShardCount; i++)
        {
            _shards[i] = new Shard(NewEntry, () => Journal, _peerQuota);
        }

        if (options.SweepInterval > TimeSpan.Zero)
        {
            _sweeper = time.CreateTimer(
                static state => ((PeerstoreEngine)state!).Sweep(), this, options.SweepInterval, options.SweepInterval);
        }
    }

    public PeerstoreOptions Options { get; }

    /// <summary>Who is told of changes; set once, after the engine has been filled.</summary>
    public IPeerJournal? Journal { get; set; }

    /// <summary>Addresses with an end that are held, expired ones that are not swept yet included.</summary>
    public int AddressCount => _addressQuota.Taken;

    /// <summary>Signed records that are held.</summary>
    public int RecordCount => _recordQuota.Taken;

    /// <summary>Peers that are held, those included of which everything has expired and is not swept yet.</summary>
    public int PeerCount => _peerQuota.Taken;

    public long Now => _time.GetUtcNow().UtcTicks;

    public PeerEntry NewEntry() => new(Options, _addressQuota, _recordQuota);

    public TResult Read<TState, TResult>(
        PeerId peer, TState state, Shard.Reading<TState, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ShardOf(peer).Read(peer, state, Now, read);
    }

    /// <summary>Changes a peer that may be new.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="state">What the change needs.</param>
    /// <param name="change">The change.</param>
    /// <param name="whenFull">The answer where the peer is new and there is no room for another.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    public TResult Change<TState, TResult>(
        PeerId peer,
        TState state,
        Shard.Changing<TState, TResult> change,
        TResult whenFull,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_peerQuota.HasRoomFor(1))
        {
            MakePeerRoom(peer);
        }

        return ShardOf(peer).Change(peer, state, Now, change, whenFull);
    }

    /// <summary>Changes a peer if it is known: what removes or alters, and never adds.</summary>
    public TResult? ChangeKnown<TState, TResult>(
        PeerId peer, TState state, Shard.Changing<TState, TResult> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ShardOf(peer).ChangeKnown(peer, state, Now, change);
    }

    /// <summary>
    /// Makes room for addresses before they come, where that is needed: first by sweeping, so that a full store is full
    /// of what is alive, then as <see cref="PeerstoreOptions.WhenFull"/> says.
    /// </summary>
    /// <param name="peer">Whose addresses they are.</param>
    /// <param name="atMost">How many places they take at most.</param>
    /// <param name="state">What <paramref name="exactly"/> needs.</param>
    /// <param name="exactly">How many they take, asked where it matters: known ones take none.</param>
    public void MakeRoom<TState>(PeerId peer, int atMost, TState state, Shard.Reading<TState, int> exactly)
    {
        if (_addressQuota.HasRoomFor(atMost))
        {
            return;
        }

        Sweep();
        if (Options.WhenFull == FullPolicy.EvictLeastValuable && !_addressQuota.HasRoomFor(atMost))
        {
            var missing = ShardOf(peer).ReadLast(peer, state, Now, exactly) - _addressQuota.Free;
            Evict(EndKind.NextAddress, missing, nameof(PeerstoreOptions.MaxAddresses));
        }
    }

    /// <summary>Makes room for one more signed record.</summary>
    public void MakeRecordRoom(PeerId peer)
    {
        if (_recordQuota.HasRoomFor(1))
        {
            return;
        }

        Sweep();
        if (!_recordQuota.HasRoomFor(1)
            && Options.WhenFull == FullPolicy.EvictLeastValuable
            && !ShardOf(peer).ReadLast(peer, state: true, Now, static (entry, _, _) => entry?.Record is not null))
        {
            Evict(EndKind.Record, 1, nameof(PeerstoreOptions.MaxSignedRecords));
        }
    }

    /// <summary>Removes what has expired; nothing once the store is closed.</summary>
    public int Sweep()
    {
        var removed = 0;
        foreach (var shard in _shards)
        {
            removed += shard.Sweep(Now);
        }

        return removed;
    }

    /// <summary>Lists peers shard by shard; no more than one shard's are held at a time.</summary>
    public async IAsyncEnumerable<PeerId> ListAsync(
        Func<PeerEntry, long, bool> test, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var peers = new List<PeerId>();
        foreach (var shard in _shards)
        {
            cancellationToken.ThrowIfCancellationRequested();
            peers.Clear();
            shard.List(peers, test, Now, static (entry, test, now) => test(entry!, now));
            foreach (var peer in peers)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return peer;
            }
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>Puts a peer back as a file remembers it; false where nothing of it is alive any more.</summary>
    public bool Restore(PeerId peer, StoredPeer snapshot)
    {
        var entry = NewEntry();
        snapshot.RestoreTo(entry, Now);
        if (entry.IsEmpty)
        {
            return false;
        }

        ShardOf(peer).Restore(peer, entry);
        return true;
    }

    /// <summary>Appends a peer's entry in its encoding; false where nothing is known of it. Works after disposal.</summary>
    public bool TryEncode(PeerId peer, ArrayBufferWriter<byte> output) => ShardOf(peer).ReadLast(
        peer,
        (peer, output),
        Now,
        static (entry, to, _) =>
        {
            if (entry is not null)
            {
                EntryWriter.Write(to.peer, entry, to.output);
            }

            return entry is not null;
        });

    public TResult Watch<TState, TResult>(
        PeerId peer, AddressWatcher watcher, TState state, Shard.Reading<TState, TResult> snapshot) =>
        ShardOf(peer).Watch(peer, watcher, state, Now, snapshot);

    /// <summary>A fresh snapshot for a watcher that lost something; null for one that did not.</summary>
    public AddressEntry[]? TryResync(PeerId peer, AddressWatcher watcher) => ShardOf(peer).ReadLast(
        peer,
        watcher,
        Now,
        static (entry, watcher, now) => watcher.TryBeginResyncLocked() ? AddressRanking.Live(entry, now) : null);

    public void Unwatch(PeerId peer, AddressWatcher watcher) => ShardOf(peer).Unwatch(peer, watcher);

    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(IPeerstore));

    public void Dispose()
    {
        _closed = true;
        _sweeper?.Dispose();
        foreach (var shard in _shards)
        {
            shard.Close();
        }
    }

    private void MakePeerRoom(PeerId peer)
    {
        Sweep();
        if (!_peerQuota.HasRoomFor(1)
            && Options.WhenFull == FullPolicy.EvictLeastValuable
            && !ShardOf(peer).ReadLast(peer, state: true, Now, static (entry, _, _) => entry is not null))
        {
            Evict(EndKind.Peer, 1, nameof(PeerstoreOptions.MaxPeers));
        }
    }

    private void Evict(EndKind kind, int number, string limit)
    {
        var evicted = 0;
        while (evicted < number && LeastValuableShard(kind) is { } shard && shard.TryEvict(kind))
        {
            evicted++;
        }

        PeerstoreMeter.CountEvicted(limit, evicted);
    }

    private Shard? LeastValuableShard(EndKind kind)
    {
        var (least, value) = ((Shard?)null, long.MaxValue);
        foreach (var shard in _shards)
        {
            var candidate = shard.LeastValue(kind);
            if (candidate < value)
            {
                (least, value) = (shard, candidate);
            }
        }

        return least;
    }

    private Shard ShardOf(PeerId peer) => _shards[peer.GetHashCode() & (ShardCount - 1)];
}
