namespace Libp2p.Peerstore.Testing;

/// <summary>A clock that stands still until it is told to go on, with timers that fire when it passes them.</summary>
/// <remarks>
/// Timers fire in the order of their due times, on the thread that advances the clock (one that is due at once, on
/// the thread that arms it), and outside of every lock. Reading the clock and arming timers is safe from any thread;
/// let only one thread at a time move the clock.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    // Guards: _utcNow, _elapsed, _timers, and the due time and period of every timer.
    // Never under the gate: a timer's callback, which is foreign code.
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _utcNow;
    private long _elapsed;

    /// <summary>Makes a clock that shows the first instant of the year 2026.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Makes a clock.</summary>
    /// <param name="start">The instant that it shows first.</param>
    public ManualTimeProvider(DateTimeOffset start) => _utcNow = start.ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _utcNow;
        }
    }

    /// <summary>Gets the time that has passed by <see cref="Advance"/>, in units of 100 ns.</summary>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed;
        }
    }

    /// <summary>
    /// Sets the clock as an administrator would, forwards or backwards. No time passes: timers and
    /// <see cref="GetTimestamp"/> take no notice.
    /// </summary>
    /// <param name="value">The instant that it shows from now on.</param>
    public void SetUtcNow(DateTimeOffset value)
    {
        lock (_gate)
        {
            _utcNow = value.ToUniversalTime();
        }
    }

    /// <summary>Lets time pass, and fires the timers that become due, each at its own instant.</summary>
    /// <param name="by">How much time passes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target;
        lock (_gate)
        {
            target = _elapsed + by.Ticks;
        }

        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            PassLocked(target);
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    internal bool Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _ = _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            timer.Due = _elapsed + dueTime.Ticks;
            if (dueTime > TimeSpan.Zero || timer.Period > 0)
            {
                _timers.Add(timer);
            }

            if (dueTime > TimeSpan.Zero)
            {
                return true;
            }

            timer.Due += timer.Period;
        }

        timer.Fire();
        return true;
    }

    internal void Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _ = _timers.Remove(timer);
        }
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            ManualTimer? next = null;
            foreach (var timer in _timers)
            {
                if (timer.Due <= target && (next is null || timer.Due < next.Due))
                {
                    next = timer;
                }
            }

            if (next is null)
            {
                return null;
            }

            PassLocked(next.Due);
            if (next.Period > 0)
            {
                next.Due += next.Period;
            }
            else
            {
                _ = _timers.Remove(next);
            }

            return next;
        }
    }

    private void PassLocked(long elapsed)
    {
        // A callback may itself have advanced the clock beyond this point.
        if (elapsed <= _elapsed)
        {
            return;
        }

        _utcNow += TimeSpan.FromTicks(elapsed - _elapsed);
        _elapsed = elapsed;
    }
}
