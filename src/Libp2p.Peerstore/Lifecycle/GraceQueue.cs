using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>The peers whose grace period runs, by the end of it, with one timer for all.</summary>
/// <remarks>
/// Guarded by its owner's gate.
/// A peer stands in it once. All wait equally long but those that are asked about again, so that a new one belongs at
/// the end or near it. It goes by the monotonic clock: setting the time of day changes nothing.
/// </remarks>
internal sealed class GraceQueue : IDisposable
{
    // Never zero: no time provider shall call back on the thread that arms the timer, which holds the gate.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    // Longer than that, timers do not run everywhere; one that fires too early is armed again.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private readonly LinkedList<PeerTrack> _waiting = [];
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;

    public GraceQueue(TimeProvider time, Action onDue)
    {
        (_time, _start) = (time, time.GetTimestamp());
        _timer = time.CreateTimer(
            static state => ((Action)state!)(), onDue, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => _waiting.Count;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Queues a peer that is not in the queue; one that is keeps its place.</summary>
    public void Add(PeerTrack track, TimeSpan delay)
    {
        if (track.Waiting is not null)
        {
            return;
        }

        var now = Now;
        track.Due = delay > TimeSpan.MaxValue - now ? TimeSpan.MaxValue : now + delay;
        var before = _waiting.Last;
        while (before is not null && before.Value.Due > track.Due)
        {
            before = before.Previous;
        }

        track.Waiting = before is null ? _waiting.AddFirst(track) : _waiting.AddAfter(before, track);
        if (before is null)
        {
            Arm();
        }
    }

    public bool Remove(PeerTrack track)
    {
        if (track.Waiting is not { } node)
        {
            return false;
        }

        _waiting.Remove(node);
        track.Waiting = null;
        return true;
    }

    /// <summary>
    /// Takes the first peer whose time has come, and sets the timer for the next: it fires unless whoever took this one
    /// comes back for that one before.
    /// </summary>
    public bool TryTake([NotNullWhen(true)] out PeerTrack? track)
    {
        track = _waiting.First?.Value is { } first && first.Due <= Now ? first : null;
        var taken = track is not null && Remove(track);
        Arm();
        return taken;
    }

    public void Dispose() => _timer.Dispose();

    private void Arm()
    {
        if (_waiting.First is not { } first)
        {
            return;
        }

        var delay = first.Value.Due - Now;
        delay = delay < ShortestDelay ? ShortestDelay : delay > LongestDelay ? LongestDelay : delay;
        _ = _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }
}
