namespace Libp2p;

/// <summary>Gives a node's own peer records sequence numbers that never go back, not even when the clock does.</summary>
/// <remarks>
/// A number is the time in nanoseconds since 1970, as go-libp2p's, or one more than the last where the time does not
/// exceed that. Whoever keeps the last number over a restart, and hands it to the constructor, is safe from a clock that
/// was set back meanwhile: otherwise other nodes would hold the new record to be stale. Safe to share between threads.
/// </remarks>
public sealed class PeerRecordClock
{
    private const ulong NanosecondsPerTick = TimeSpan.NanosecondsPerTick;

    private readonly TimeProvider _time;
    private ulong _last;

    /// <summary>Starts behind the last number that was used.</summary>
    /// <param name="last">The number of the node's last record; 0 when it has made none.</param>
    /// <param name="time">The clock; the system's when <see langword="null"/>.</param>
    public PeerRecordClock(ulong last = 0, TimeProvider? time = null)
    {
        _last = last;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The last number that was used.</summary>
    public ulong Last => Volatile.Read(ref _last);

    /// <summary>Takes the next number.</summary>
    /// <returns>A number above every one before.</returns>
    /// <exception cref="InvalidOperationException">
    /// The last number was the largest there is: this key can make no newer record.
    /// </exception>
    public ulong Next()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            if (last == ulong.MaxValue)
            {
                throw new InvalidOperationException(
                    "The last peer record has the highest sequence number there is, so that no record can be newer.");
            }

            var next = Math.Max(GetNanoseconds(), last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }

    /// <summary>Whether a peer's sequence number is a time, and one in the future: nothing newer could take its place.</summary>
    /// <remarks>
    /// Numbers are opaque. One counts as a time where it is as long as the times of our age in a unit that
    /// implementations use: seconds since 1970 have 10 digits (rust-libp2p), milliseconds 13 (js-libp2p), nanoseconds 19
    /// or 20 (go-libp2p). Any other number is a count and never from the future, however high.
    /// </remarks>
    /// <param name="sequence">The number.</param>
    /// <param name="now">What the clock shows.</param>
    /// <param name="ahead">How far the clocks of others may be ahead of this one.</param>
    public static bool IsFuture(ulong sequence, DateTimeOffset now, TimeSpan ahead)
    {
        Int128 unit = sequence switch
        {
            >= 1_000_000_000 and < 10_000_000_000 => TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond,
            >= 1_000_000_000_000 and < 10_000_000_000_000 => TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerMillisecond,
            >= 1_000_000_000_000_000_000 => 1,
            _ => 0,
        };
        var latest = (Int128)(now - DateTimeOffset.UnixEpoch).Ticks + ahead.Ticks;
        return sequence * unit > latest * TimeSpan.NanosecondsPerTick && unit > 0;
    }

    // A clock outside of what 64 bits of nanoseconds hold (1970 to 2554) counts as no clock.
    private ulong GetNanoseconds()
    {
        var ticks = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        return ticks < 0 || (ulong)ticks > ulong.MaxValue / NanosecondsPerTick ? 0 : (ulong)ticks * NanosecondsPerTick;
    }
}
