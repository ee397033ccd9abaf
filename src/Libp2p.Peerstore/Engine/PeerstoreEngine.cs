using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore;

/// <summary>The peers of a store in memory: where every store's answers come from.</summary>
/// <remarks>
/// Peers are spread over shards by the hash of their ID, which is keyed per process because others choose IDs. Each
/// shard has its own lock, held for a look-up and a small change. What holds for the whole store (the limits on
/// addresses, records and peers) is counted by quotas that shards share without a lock. Time is the wall clock of a
/// <see cref="TimeProvider"/>, in ticks of 100 ns, because lifetimes go on while a durable store is closed.
/// </remarks>
internal sealed partial class PeerstoreEngine : IDisposable
{
    /// <summary>So many that a shard of a store of ten million grows its index within a fraction of a millisecond.</summary>
    private const int ShardCount = 256;

    /// <summary>How often a change comes again with more in hand before it makes do with what there is.</summary>
    private const int Attempts = 4;

    private readonly Shard[] _shards = new Shard[ShardCount];
    private readonly BlockSource _blocks;
    private readonly ProtocolSets _sets;
    private readonly EndFronts _fronts;
    private readonly Quota _addressQuota;
    private readonly Quota _recordQuota;
    private readonly Quota _peerQuota;
    private readonly TimeProvider _time;
    private readonly SweepTimer? _sweeper;
    private volatile bool _closed;
    private bool _isForgotten;

    public PeerstoreEngine(PeerstoreOptions options, TimeProvider time, MemoryUse? use = null)
    {
        Options = options;
        _blocks = new(use ?? new());
        _time = time;
        _addressQuota = new(options.MaxAddresses);
        _recordQuota = new(options.MaxSignedRecords);
        _peerQuota = new(options.MaxPeers);
        _sets = new(options.MaxProtocolSetBytes);
        _fronts = new(ShardCount, Now);
        var (parts, journal) = (new EngineParts(options, _blocks, _sets, _fronts), new Func<IPeerJournal?>(() => Journal));
        for (var i = 0; i < ShardCount; i++)
        {
            _shards[i] = new Shard(i, parts, journal);
        }

        if (options.SweepInterval > TimeSpan.Zero)
        {
            _sweeper = new(this, time, options.SweepInterval);
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

    /// <summary>The bytes of blocks that are filled, gaps included.</summary>
    public long UsedBytes => _shards.Sum(static shard => shard.UsedBytes);

    public long Now => _time.GetUtcNow().UtcTicks;

    public TResult Read<TState, TResult>(
        PeerId peer, TState state, Shard.Reading<TState, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hash = peer.GetHash64();
        return ShardOf(hash).Read(peer, hash, state, Now, read);
    }

    /// <summary>Changes a peer that may be new.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="state">What the change needs.</param>
    /// <param name="change">The change. It may be made several times; all but the last are undone.</param>
    /// <param name="whenFull">The answer where the peer is new and there is no room for another.</param>
    /// <param name="cancellationToken">Cancels before the change.</param>
    public TResult Change<TState, TResult>(
        PeerId peer,
        TState state,
        ChangeRule<TState, TResult> change,
        TResult whenFull,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Journal?.ThrowIfRefusing(mayAdd: true);
        return Try(new PeerAttempt(peer, peer.GetHash64(), Now, RentHand(), MayAdd: true, MayAsk: true), state, change, whenFull);
    }

    /// <summary>Changes a peer that may be new, always on a copy.</summary>
    public TResult Change<TState, TResult>(
        PeerId peer,
        TState state,
        Shard.Changing<TState, TResult> change,
        TResult whenFull,
        CancellationToken cancellationToken) =>
        Change(peer, state, new ChangeRule<TState, TResult>(change, InPlace: null), whenFull, cancellationToken);

    /// <summary>Changes a peer if it is known: what removes or alters, and never adds.</summary>
    public TResult? ChangeKnown<TState, TResult>(
        PeerId peer, TState state, ChangeRule<TState, TResult> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Journal?.ThrowIfRefusing(mayAdd: false);
        return Try(
            new PeerAttempt(peer, peer.GetHash64(), Now, RentHand(), MayAdd: false, MayAsk: true), state, change, default!);
    }

    /// <summary>Changes a peer if it is known, always on a copy.</summary>
    public TResult? ChangeKnown<TState, TResult>(
        PeerId peer, TState state, Shard.Changing<TState, TResult> change, CancellationToken cancellationToken) =>
        ChangeKnown(peer, state, new ChangeRule<TState, TResult>(change, InPlace: null), cancellationToken);

    /// <summary>Lists peers; no more than a few hundred are looked at under a gate, and held, at a time.</summary>
    public async IAsyncEnumerable<PeerId> ListAsync(
        PeerTest test, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var peers = new List<PeerId>();
        foreach (var shard in _shards)
        {
            var bits = shard.ChunkBits();
            for (var chunk = 0; chunk < 1 << bits; chunk++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                peers.Clear();
                shard.List(chunk, bits, peers, Now, test);
                foreach (var peer in peers)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return peer;
                }
            }
        }

        await ValueTask.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>Adds a reader of a peer's new addresses, and gives it those that are known: one step.</summary>
    public Multiaddr[] Watch(in PeerId peer, AddressWatcher watcher)
    {
        var places = RentHand();
        try
        {
            return ShardOf(peer.GetHash64()).Watch(peer, watcher, Now, places);
        }
        finally
        {
            GiveBack(places);
        }
    }

    /// <summary>A fresh snapshot for a watcher that lost something; null for one that did not.</summary>
    public Multiaddr[]? TryResync(in PeerId peer, AddressWatcher watcher)
    {
        var places = RentHand();
        try
        {
            return ShardOf(peer.GetHash64()).TryResync(peer, watcher, Now, places);
        }
        finally
        {
            GiveBack(places);
        }
    }

    public void Unwatch(PeerId peer, AddressWatcher watcher) => ShardOf(peer.GetHash64()).Unwatch(peer, watcher);

    /// <summary>The number of the shard that a peer belongs to; for tests, which choose peers of the same one.</summary>
    public static int ShardNumberOf(in PeerId peer) => NumberOf(peer.GetHash64());

    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(IPeerstore));

    /// <summary>Refuses every question and change from now on, and ends all streams. What is known can still be written down.</summary>
    public void Close()
    {
        _closed = true;
        _sweeper?.Dispose();
        foreach (var shard in _shards)
        {
            shard.Close(Now);
        }
    }

    /// <summary>Closes the store and gives its memory back.</summary>
    public void Dispose()
    {
        Close();
        if (Interlocked.Exchange(ref _isForgotten, true))
        {
            return;
        }

        AssertInvariants();
        foreach (var shard in _shards)
        {
            shard.Forget();
        }

        _blocks.Dispose();
    }

    private Places RentHand()
    {
        CountHand(1);
        return Places.Rent(_addressQuota, _recordQuota, _peerQuota);
    }

    private void GiveBack(Places places)
    {
        places.ReturnAll();
        places.GiveBack();
        CountHand(-1);
    }

    private TResult Try<TState, TResult>(
        PeerAttempt attempt, TState state, ChangeRule<TState, TResult> change, TResult otherwise)
    {
        var shard = ShardOf(attempt.Hash);
        var places = attempt.Places;
        try
        {
            var result = shard.Change(attempt, state, change, otherwise);
            for (var i = 1; places.AnyLacked && attempt.MayAsk; i++)
            {
                // Outside of every gate: the victims may live in other shards.
                var helped = MakeRoom(attempt.Peer, places);
                places.ForgetLacks();
                attempt = attempt with { MayAsk = helped && i < Attempts };
                result = shard.Change(attempt, state, change, otherwise);
            }

            return result;
        }
        finally
        {
            places.ReturnAll();
            CountRefused(places);
            GiveBack(places);
        }
    }

    private Shard ShardOf(ulong hash) => _shards[NumberOf(hash)];

    private static int NumberOf(ulong hash) => (int)(hash & (ShardCount - 1));
}
