using System.Diagnostics;

namespace Peerstore.Scorecard.Measuring;

/// <summary>Tells of a thread's reads how much of their time it had a core. Used by that thread.</summary>
/// <remarks>
/// The scheduler is asked after every few reads and after each slow one, which costs a microsecond outside of the timed
/// part. So what a slow read is found to have waited is its own, and that of a few reads before it at most.
/// </remarks>
internal sealed class CoreWatch : IDisposable
{
    private const int ReadsPerLook = 16;
    private static readonly long Slow = Stopwatch.Frequency / 20_000;
    private readonly ThreadTime? _time = ThreadTime.TryOpen();
    private (long Running, long Waiting) _first;
    private (long Running, long Waiting) _last;
    private long _reads;
    private double _longest;

    /// <summary>Begins to count.</summary>
    public void Begin() => _first = _last = _time?.Read() ?? default;

    /// <summary>Counts a read.</summary>
    /// <param name="elapsed">How long it took, in units of the stopwatch.</param>
    public void Add(long elapsed)
    {
        if (++_reads % ReadsPerLook != 0 && elapsed < Slow)
        {
            return;
        }

        var now = _time?.Read() ?? default;
        var elapsedNs = elapsed * (1e9 / Stopwatch.Frequency);
        _longest = Math.Max(_longest, elapsedNs - Math.Min(elapsedNs, now.Waiting - _last.Waiting));
        _last = now;
    }

    /// <summary>Adds what was found to figures of the same reads.</summary>
    /// <param name="figures">The figures.</param>
    public ReaderFigures AddTo(ReaderFigures figures) => _time is null || _reads == 0 ? figures : figures with
    {
        MaxWithoutWaitingNs = (long)_longest,
        RunningNs = Statistics.Rounded((double)(_last.Running - _first.Running) / _reads),
        WaitingNs = Statistics.Rounded((double)(_last.Waiting - _first.Waiting) / _reads),
    };

    /// <inheritdoc/>
    public void Dispose() => _time?.Dispose();
}
