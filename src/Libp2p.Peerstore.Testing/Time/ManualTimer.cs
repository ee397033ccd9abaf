namespace Libp2p.Peerstore.Testing;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, whose gate guards its state.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    /// <summary>When it fires next, in the clock's elapsed ticks.</summary>
    public long Due { get; set; }

    /// <summary>The ticks between two firings; 0 for a timer that fires once.</summary>
    public long Period { get; set; }

    public bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        return clock.Arm(this, dueTime, period);
    }

    public void Fire() => callback(state);

    public void Dispose() => clock.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
