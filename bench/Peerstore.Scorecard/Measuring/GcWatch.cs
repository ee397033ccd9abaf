namespace Peerstore.Scorecard.Measuring;

/// <summary>What the garbage collector did since this was made.</summary>
/// <remarks>
/// Counts and the sum of the pauses are the runtime's own. The longest pause is the longest of those seen by
/// <see cref="Poll"/>: the runtime keeps the last collection of each kind only, so poll often.
/// </remarks>
internal sealed class GcWatch
{
    private static readonly GCKind[] Kinds = [GCKind.Ephemeral, GCKind.FullBlocking, GCKind.Background];
    private readonly int[] _countsBefore = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
    private readonly long[] _seen = [.. Kinds.Select(static kind => GC.GetGCMemoryInfo(kind).Index)];
    private readonly TimeSpan _pauseBefore = GC.GetTotalPauseDuration();
    private int _polledAt = GC.CollectionCount(0);
    private TimeSpan _longest;

    /// <summary>Looks whether there was a collection, and how long it paused.</summary>
    public void Poll()
    {
        if (GC.CollectionCount(0) != _polledAt)
        {
            _polledAt = GC.CollectionCount(0);
            Look();
        }
    }

    /// <summary>What happened until now.</summary>
    public GcFigures Read()
    {
        Look();
        return new GcFigures
        {
            Gen0 = GC.CollectionCount(0) - _countsBefore[0],
            Gen1 = GC.CollectionCount(1) - _countsBefore[1],
            Gen2 = GC.CollectionCount(2) - _countsBefore[2],
            PauseMs = Statistics.Rounded((GC.GetTotalPauseDuration() - _pauseBefore).TotalMilliseconds),
            LongestPauseMs = Statistics.Rounded(_longest.TotalMilliseconds),
        };
    }

    private void Look()
    {
        for (var i = 0; i < Kinds.Length; i++)
        {
            var info = GC.GetGCMemoryInfo(Kinds[i]);
            if (info.Index <= _seen[i])
            {
                continue;
            }

            _seen[i] = info.Index;
            foreach (var pause in info.PauseDurations)
            {
                _longest = pause > _longest ? pause : _longest;
            }
        }
    }
}
