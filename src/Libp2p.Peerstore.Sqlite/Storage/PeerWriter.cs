namespace Libp2p.Peerstore.Sqlite;

/// <summary>The journal behind the engine: notes which peers changed, and writes them behind the callers' backs.</summary>
/// <remarks>
/// A change costs its caller an entry in a set. One task takes the set every <see cref="Window"/> and writes each peer
/// in it as it is by then, so that a peer changed a hundred times is written once. What cannot be written stays in the
/// set and is tried again; whoever waits for it is told. While the file can be
/// written, the set holds what changed within a window; while it cannot, it grows with every peer that comes and goes.
/// </remarks>
internal sealed class PeerWriter : IPeerJournal, IAsyncDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    // Guards: _dirty, _waiting, _closing.
    // Order:  may be taken under a shard's gate; nothing else is taken under it.
    // Never under the gate: I/O, await, completing a task.
    private readonly Lock _gate = new();
    private readonly PeerBatch _batch;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly SemaphoreSlim _hurry = new(0, 1);
    private readonly Task _loop;
    private HashSet<PeerId> _dirty = [];
    private List<TaskCompletionSource> _waiting = [];
    private bool _closing;

    public PeerWriter(PeerBatch batch, string path, TimeProvider time)
    {
        (_batch, _path, _time) = (batch, path, time);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Why the last attempt to write failed, or null.</summary>
    public PeerstoreException? Failure { get; private set; }

    public void OnChanged(in PeerId peer, bool isOnlyRenewed)
    {
        lock (_gate)
        {
            if (_dirty.Add(peer) && _dirty.Count == 1)
            {
                Signal(_work);
            }
        }
    }

    /// <summary>Completes when all that was noted before is in the file.</summary>
    /// <exception cref="PeerstoreException">It could not be written.</exception>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_closing)
            {
                return Task.FromException(new ObjectDisposedException(nameof(SqlitePeerstore)));
            }

            _waiting.Add(done);
        }

        Signal(_hurry);
        Signal(_work);
        return done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stops the task and writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        var failure = WriteDirty();
        _batch.Dispose();
        _stop.Dispose();
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Wakes the task, which continues on a thread of its own.</summary>
    private static void Signal(SemaphoreSlim signal)
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _work.WaitAsync(_stop.Token).ConfigureAwait(false);
                await WaitForWindowAsync().ConfigureAwait(false);
                if (WriteDirty() is not null)
                {
                    Signal(_work);
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
        using var window = new CancellationTokenSource(Window, _time);
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

    private PeerstoreException? WriteDirty()
    {
        HashSet<PeerId> dirty;
        List<TaskCompletionSource> waiting;
        lock (_gate)
        {
            (dirty, _dirty) = (_dirty, []);
            (waiting, _waiting) = (_waiting, []);
        }

        var failure = TryWrite(dirty);
        Failure = failure;
        foreach (var waiter in waiting)
        {
            if (failure is null)
            {
                waiter.TrySetResult();
            }
            else
            {
                waiter.TrySetException(failure);
            }
        }

        return failure;
    }

    private PeerstoreException? TryWrite(HashSet<PeerId> dirty)
    {
        try
        {
            if (dirty.Count > 0)
            {
                _batch.Write(dirty);
            }

            return null;
        }
        catch (Exception e)
        {
            // Whatever it is, nothing noted may be lost, nobody may wait for ever, and the task must live on.
            lock (_gate)
            {
                _dirty.UnionWith(dirty);
            }

            return new PeerstoreException(
                PeerstoreError.CannotWrite, $"The peerstore {_path} cannot be written: {e.Message}", e);
        }
    }
}
