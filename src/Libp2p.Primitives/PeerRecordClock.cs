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

    // A clock outside of what 64 bits of nanoseconds hold (1970 to 2554) counts as no clock.
    private ulong GetNanoseconds()
    {
        var ticks = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        return ticks < 0 || (ulong)ticks > ulong.MaxValue / NanosecondsPerTick ? 0 : (ulong)ticks * NanosecondsPerTick;
    }
}
