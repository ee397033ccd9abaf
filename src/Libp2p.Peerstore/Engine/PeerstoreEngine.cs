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

    /// <summary>How often a change comes again with more in hand before it makes do with what there is.</summary>
    private const int Attempts = 4;

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
            _shards[i] = new Shard(NewEntry, () => Journal);
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

    private PeerEntry NewEntry() => new(Options);

    public TResult Read<TState, TResult>(
        PeerId peer, TState state, Shard.Reading<TState, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ShardOf(peer).Read(peer, state, Now, read);
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
        Shard.Changing<TState, TResult> change,
        TResult whenFull,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Try(new PeerAttempt(peer, Now, NewHand(), MayAdd: true, MayAsk: true), state, change, whenFull);
    }

    /// <summary>Changes a peer if it is known: what removes or alters, and never adds.</summary>
    public TResult? ChangeKnown<TState, TResult>(
        PeerId peer, TState state, Shard.Changing<TState, TResult> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Try<TState, TResult?>(
            new PeerAttempt(peer, Now, NewHand(), MayAdd: false, MayAsk: true), state, change!, default);
    }

    /// <summary>Removes what has expired; nothing once the store is closed.</summary>
    public int Sweep()
    {
        var removed = 0;
        var places = NewHand();
        foreach (var shard in _shards)
        {
            removed += shard.Sweep(Now, places);
            places.ReturnAll();
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

        // What a file holds is loaded whole, whatever the limits are today.
        _addressQuota.TakeAnyway(entry.Addresses.CountMortal());
        _recordQuota.TakeAnyway(entry.Record is null ? 0 : 1);
        _peerQuota.TakeAnyway(1);
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

    private Places NewHand() => new(_addressQuota, _recordQuota, _peerQuota);

    private TResult Try<TState, TResult>(
        PeerAttempt attempt, TState state, Shard.Changing<TState, TResult> change, TResult otherwise)
    {
        var shard = ShardOf(attempt.Peer);
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
        }
    }

    /// <summary>
    /// Gets a change what it lacks: first by sweeping, so that a full store is full of what is alive, then, as
    /// <see cref="PeerstoreOptions.WhenFull"/> says, from the least valuable of the other peers.
    /// </summary>
    private bool MakeRoom(PeerId peer, Places places)
    {
        var helped = Sweep() > 0;
        if (Options.WhenFull == FullPolicy.RefuseNew)
        {
            return helped || HasWhatIsLacked(places);
        }

        // A peer that goes leaves its record's and its addresses' places, too. Without its own place a new peer needs none.
        var (addresses, records, _) = places.InHand;
        helped |= Evict(EndKind.Peer, (places.LackedPeer ? 1 : 0) - Math.Max(0, _peerQuota.Free), peer, places);
        if (places.LackedPeer && !helped && _peerQuota.Free <= 0)
        {
            return false;
        }

        var gained = places.InHand.Records - records;
        helped |= Evict(EndKind.Record, (places.LackedRecord ? 1 : 0) - gained - Math.Max(0, _recordQuota.Free), peer, places);
        gained = places.InHand.Addresses - addresses;
        helped |= Evict(EndKind.Address, places.LackedAddresses - gained - Math.Max(0, _addressQuota.Free), peer, places);
        return helped || HasWhatIsLacked(places);
    }

    private bool HasWhatIsLacked(Places places) =>
        _addressQuota.Free >= places.LackedAddresses
        && (!places.LackedRecord || _recordQuota.Free > 0)
        && (!places.LackedPeer || _peerQuota.Free > 0);

    private bool Evict(EndKind kind, int number, PeerId except, Places places)
    {
        var evicted = 0;
        while (evicted < number && LeastValuableShard(kind, except) is { } shard)
        {
            // Somebody else may have been quicker; then the next look finds the next victim.
            evicted += shard.TryEvict(kind, except, places) ? 1 : 0;
        }

        PeerstoreMeter.CountEvicted(LimitOf(kind), evicted);
        return evicted > 0;
    }

    private Shard? LeastValuableShard(EndKind kind, PeerId except)
    {
        var (least, value) = ((Shard?)null, long.MaxValue);
        foreach (var shard in _shards)
        {
            var candidate = shard.LeastValue(kind, except);
            if (candidate < value)
            {
                (least, value) = (shard, candidate);
            }
        }

        return least;
    }

    private static void CountRefused(Places places)
    {
        PeerstoreMeter.CountRefused(LimitOf(EndKind.Address), places.LackedAddresses);
        PeerstoreMeter.CountRefused(LimitOf(EndKind.Record), places.LackedRecord ? 1 : 0);
        PeerstoreMeter.CountRefused(LimitOf(EndKind.Peer), places.LackedPeer ? 1 : 0);
    }

    private static string LimitOf(EndKind kind) => kind switch
    {
        EndKind.Record => nameof(PeerstoreOptions.MaxSignedRecords),
        EndKind.Peer => nameof(PeerstoreOptions.MaxPeers),
        _ => nameof(PeerstoreOptions.MaxAddresses),
    };

    private Shard ShardOf(PeerId peer) => _shards[peer.GetHashCode() & (ShardCount - 1)];
}
