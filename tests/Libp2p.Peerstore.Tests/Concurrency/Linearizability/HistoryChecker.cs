namespace Libp2p.Peerstore.Tests;

/// <summary>
/// Decides whether a history is linearizable: whether each call can be given an instant between its beginning and its
/// end such that a sequential object, called in the order of these instants, gives the same answers.
/// </summary>
/// <remarks>
/// The search of Wing and Gong (1993): take any call that no other call has ended before, see whether the sequential
/// object gives its answer, go on with the rest, and back if that leads nowhere. With Lowe's memory (2017): the same
/// calls taken and the same state reached lead to the same end, in whatever order they were taken.
/// </remarks>
internal sealed class HistoryChecker<TState>
    where TState : IEquatable<TState>
{
    public const int MaxCalls = 64;

    private readonly Call<TState>[] _calls;
    private readonly HashSet<(ulong Taken, TState State)> _seen = [];

    private HistoryChecker(IReadOnlyCollection<Call<TState>> history)
    {
        Assert.InRange(history.Count, 0, MaxCalls);
        _calls = [.. history.OrderBy(static call => call.Invoked)];
    }

    public static bool IsLinearizable(TState initial, IReadOnlyCollection<Call<TState>> history) =>
        new HistoryChecker<TState>(history).CanFinish(taken: 0, initial, left: history.Count);

    private bool CanFinish(ulong taken, TState state, int left)
    {
        if (left == 0)
        {
            return true;
        }

        if (!_seen.Add((taken, state)))
        {
            return false;
        }

        var firstEnd = FirstEnd(taken);
        for (var i = 0; i < _calls.Length && _calls[i].Invoked < firstEnd; i++)
        {
            if (IsTaken(taken, i))
            {
                continue;
            }

            var (after, answer) = _calls[i].Step(state);
            if (string.Equals(answer, _calls[i].Answer, StringComparison.Ordinal)
                && CanFinish(taken | (1UL << i), after, left - 1))
            {
                return true;
            }
        }

        return false;
    }

    private long FirstEnd(ulong taken)
    {
        var first = long.MaxValue;
        for (var i = 0; i < _calls.Length; i++)
        {
            first = IsTaken(taken, i) ? first : Math.Min(first, _calls[i].Responded);
        }

        return first;
    }

    private static bool IsTaken(ulong taken, int call) => (taken & (1UL << call)) != 0;
}
