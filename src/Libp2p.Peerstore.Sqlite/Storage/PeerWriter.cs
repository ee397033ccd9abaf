using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>The journal behind the engine: notes which peers changed, and writes them behind the callers' backs.</summary>
/// <remarks>
/// A change costs its caller an entry in a set. One task takes the sets in rounds and writes each peer in them as it is by
/// then, so that a peer changed a hundred times is written once. A round begins a window after the first change, or at
/// once where calls wait for it; those that come meanwhile share the next one. A round is written in transactions of at
/// most <see cref="PeersPerTransaction"/> peers. What cannot be written stays noted and is tried again; whoever waits
/// for it is told.
/// </remarks>
internal sealed class PeerWriter : IPeerJournal, IAsyncDisposable
{
    /// <summary>So few that a commit holds nobody up for long, so many that its sync is cheap for each.</summary>
    public const int PeersPerTransaction = 4096;

    /// <summary>How old the note gets that the process is alive: while nothing changes, and while much does.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BusyHeartbeat = TimeSpan.FromSeconds(1);

    // Guards: the batch, and with it the connection.
    // Order:  taken first; the gates of shards and stripes are taken under it.
    private readonly Lock _disk = new();
    private readonly DirtyPeers _dirty = new();
    private readonly WriteRounds _rounds = new();
    private readonly PeerBatch _batch;
    private readonly string _path;
    private readonly SqlitePeerstoreOptions _options;
    private readonly TimeProvider _time;
    private readonly PeerId[] _taken = new PeerId[PeersPerTransaction];
    private readonly CancellationTokenSource _stop = new();
    private readonly WakeUp _work = new();
    private readonly WakeUp _hurry = new();
    private readonly ITimer _renewals;
    private readonly ITimer _heartbeat;
    private readonly Task _loop;
    private volatile PeerstoreException? _failure;
    private volatile bool _renewalsAreDue;
    private volatile bool _heartbeatIsDue;
    private volatile bool _takesPrivateKeys;
    private DateTimeOffset _alive;
    private bool _isClosed;
    private TaskCompletionSource? _room;

    public PeerWriter(PeerBatch batch, string path, SqlitePeerstoreOptions options, TimeProvider time)
    {
        (_batch, _path, _options, _time) = (batch, path, options, time);
        _takesPrivateKeys = options.PrivateKeys is not null;
        _renewals = time.CreateTimer(
            static state => ((PeerWriter)state!).RenewalsAreDue(), this, options.RenewalWindow, options.RenewalWindow);
        _heartbeat = time.CreateTimer(static state => ((PeerWriter)state!).HeartbeatIsDue(), this, Heartbeat, Heartbeat);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Why the last attempt to write failed, or null.</summary>
    public PeerstoreException? Failure => _failure;

    /// <summary>How many peers wait to be written.</summary>
    public int DirtyCount => _dirty.Count;

    private bool Acknowledges => _options.Durability == Durability.OnAcknowledge;

    public void OnChanged(in PeerId peer, bool isOnlyRenewed)
    {
        switch (_dirty.Note(peer, isOnlyRenewed && !Acknowledges))
        {
            case 1:
                _work.Set();
                break;
            case PeersPerTransaction:
                // What fills a transaction need not wait for more.
                _hurry.Set();
                break;
        }
    }

    public void ThrowIfRefusing()
    {
        if (_failure is { } failure && _dirty.Count >= _options.MaxDirtyPeers)
        {
            PeerstoreMeter.CountRefused(nameof(SqlitePeerstoreOptions.MaxDirtyPeers));
            throw new PeerstoreException(
                PeerstoreError.CannotWrite,
                $"{failure.Message} As many peers wait to be written as may; nothing was changed.",
                failure);
        }
    }

    public void ThrowIfTakingNoPrivateKeys()
    {
        if (!_takesPrivateKeys)
        {
            throw new PeerstoreException(
                PeerstoreError.KeyProtection,
                $"The peerstore {_path} takes no private keys: {nameof(SqlitePeerstoreOptions)}.{nameof(SqlitePeerstoreOptions.PrivateKeys)} has to say how they are protected ({nameof(PrivateKeyProtection.FromPassphrase)}, {nameof(PrivateKeyProtection.FromProtector)}, or {nameof(PrivateKeyProtection.StoreInClear)}).");
        }
    }

    /// <summary>Protects private keys in another way; when it returns, the file does.</summary>
    public void ChangeProtection(PrivateKeyProtection protection)
    {
        var next = protection.Begin();
        try
        {
            lock (_disk)
            {
                ObjectDisposedException.ThrowIf(_isClosed, typeof(SqlitePeerstore));
                _batch.ChangeSealer(next);
            }

            _takesPrivateKeys = true;
        }
        catch (Exception e)
        {
            next.Dispose();
            if (e is SqliteException)
            {
                throw CannotWrite(e);
            }

            throw;
        }
    }

    public ValueTask AcknowledgeAsync(in PeerId peer, CancellationToken cancellationToken)
    {
        if (Acknowledges && _dirty.RoundOf(peer) is > 0 and var round)
        {
            return new(WaitUntilWrittenAsync(peer, round, cancellationToken));
        }

        return _dirty.Count > _options.MaxDirtyPeers ? new(WaitForRoomAsync(cancellationToken)) : ValueTask.CompletedTask;
    }

    /// <summary>Completes when all that was noted before is in the file.</summary>
    /// <exception cref="PeerstoreException">It could not be written.</exception>
    /// <exception cref="ObjectDisposedException">The store is being closed.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var written = _rounds.WaitForAll();
        _hurry.Set();
        _work.Set();
        await written.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the task and writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await _renewals.DisposeAsync().ConfigureAwait(false);
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        var failure = WriteRound(isLast: true);
        lock (_disk)
        {
            _isClosed = true;
            _batch.Dispose();
        }

        _stop.Dispose();
        if (failure is not null)
        {
            throw failure;
        }
    }

    private async Task WaitUntilWrittenAsync(PeerId peer, long round, CancellationToken cancellationToken)
    {
        while (round > 0)
        {
            if (_rounds.TryWaitFor(round, out var written))
            {
                if (_failure is not null)
                {
                    _hurry.Set();
                }

                await written.WaitAsync(cancellationToken).ConfigureAwait(false);
                return;
            }

            round = _dirty.RoundOf(peer);
        }
    }

    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (_dirty.Count > _options.MaxDirtyPeers)
        {
            var promise = WriteRounds.NewPromise();
            promise = Interlocked.CompareExchange(ref _room, promise, null) ?? promise;
            _hurry.Set();
            _work.Set();

            // Somebody may have made room before there was a promise to keep.
            if (_dirty.Count > _options.MaxDirtyPeers)
            {
                await promise.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void RenewalsAreDue()
    {
        if (_dirty.HasRenewed)
        {
            _renewalsAreDue = true;
            _work.Set();
        }
    }

    private void HeartbeatIsDue()
    {
        _heartbeatIsDue = true;
        _work.Set();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _work.WaitAsync(_stop.Token).ConfigureAwait(false);
                if (!Acknowledges || _failure is not null)
                {
                    await WaitForWindowAsync().ConfigureAwait(false);
                }

                if (WriteRound(isLast: false) is not null || _dirty.Changed > 0)
                {
                    _work.Set();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The store is being closed, which writes what is left.
        }
    }

    /// <summary>Waits until more changes have come together, unless somebody waits for them to be written.</summary>
    private async Task WaitForWindowAsync()
    {
        using var window = new CancellationTokenSource(_options.WriteWindow, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(window.Token, _stop.Token);
        try
        {
            await _hurry.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            // The window is over.
        }
    }

    private PeerstoreException? WriteRound(bool isLast)
    {
        var (round, takesAll) = _rounds.Begin(isLast);
        var isFull = _dirty.Count > _options.MaxDirtyPeers / 2;
        _dirty.BeginRound(round, takesAll || isFull || _renewalsAreDue);
        _renewalsAreDue = false;
        var failure = TryWrite(isLast);
        _failure = failure;
        _rounds.End(failure);
        MakeRoom(failure);
        return failure;
    }

    private PeerstoreException? TryWrite(bool isLast)
    {
        try
        {
            while (_dirty.InWork > PeersPerTransaction)
            {
                Write(alive: null);
            }

            // With the last of them, for until then some may stand in the file as a former process left them.
            var now = _time.GetUtcNow();
            var isDue = isLast || _heartbeatIsDue || (_dirty.InWork > 0 && (now - _alive).Duration() >= BusyHeartbeat);
            if (isDue || _dirty.InWork > 0)
            {
                Write(isDue ? now : null);
            }

            if (isDue)
            {
                (_alive, _heartbeatIsDue) = (now, false);
            }

            return null;
        }
        catch (Exception e)
        {
            // Whatever it is, nothing noted may be lost, nobody may wait for ever, and the task must live on.
            _dirty.PutBack();
            return CannotWrite(e);
        }
    }

    private void Write(DateTimeOffset? alive)
    {
        var peers = _dirty.Take(_taken);
        lock (_disk)
        {
            _batch.Write(peers, alive);
        }

        _dirty.Written(peers);
        MakeRoom(failure: null);
    }

    private PeerstoreException CannotWrite(Exception cause) => new(
        PeerstoreError.CannotWrite, $"The peerstore {_path} cannot be written: {cause.Message}", cause);

    private void MakeRoom(PeerstoreException? failure)
    {
        if (failure is not null || _dirty.Count <= _options.MaxDirtyPeers)
        {
            WriteRounds.Settle(Interlocked.Exchange(ref _room, null), failure);
        }
    }
}
