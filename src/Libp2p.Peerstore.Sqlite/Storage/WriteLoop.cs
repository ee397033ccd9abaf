namespace Libp2p.Peerstore.Sqlite;

/// <summary>The one task that writes: when a round begins.</summary>
/// <remarks>
/// A round begins a window after the first change, or at once where calls wait for it; those that come meanwhile share the
/// next one. What could not be written is tried again a window later.
/// </remarks>
internal sealed class WriteLoop : IAsyncDisposable
{
    /// <summary>How old the note gets that the process is alive, while nothing changes.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);

    private readonly RoundWriter _writer;
    private readonly DirtyPeers _dirty;
    private readonly SqlitePeerstoreOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly WakeUp _work = new();
    private readonly WakeUp _hurry = new();
    private readonly ITimer _renewals;
    private readonly ITimer _heartbeat;
    private readonly Task _loop;

    public WriteLoop(RoundWriter writer, DirtyPeers dirty, SqlitePeerstoreOptions options, TimeProvider time)
    {
        (_writer, _dirty, _options, _time) = (writer, dirty, options, time);
        _renewals = time.CreateTimer(
            static state => ((WriteLoop)state!).RenewalsAreDue(), this, options.RenewalWindow, options.RenewalWindow);
        _heartbeat = time.CreateTimer(static state => ((WriteLoop)state!).HeartbeatIsDue(), this, Heartbeat, Heartbeat);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>There is something to write, and a window for more to come with it.</summary>
    public void Wake() => _work.Set();

    /// <summary>What is to be written need not wait for more.</summary>
    public void EndWindow() => _hurry.Set();

    /// <summary>Somebody waits for a round.</summary>
    public void Hurry()
    {
        _hurry.Set();
        _work.Set();
    }

    /// <summary>Ends when the round that is in work does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _renewals.DisposeAsync().ConfigureAwait(false);
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void RenewalsAreDue()
    {
        if (_dirty.HasRenewed)
        {
            _writer.RenewalsAreDue();
            _work.Set();
        }
    }

    private void HeartbeatIsDue()
    {
        _writer.HeartbeatIsDue();
        _work.Set();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _work.WaitAsync(_stop.Token).ConfigureAwait(false);
                if (_options.Durability != Durability.OnAcknowledge || _writer.Failure is not null)
                {
                    await WaitForWindowAsync().ConfigureAwait(false);
                }

                if (_writer.WriteRound(isLast: false) is not null || _dirty.Changed > 0)
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
}
