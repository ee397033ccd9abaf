using System.Collections.Concurrent;

namespace Libp2p.Peerstore.Tests;

/// <summary>Writes down when calls began and ended, and what they answered. Thread-safe.</summary>
internal sealed class HistoryRecorder<TState>
{
    private readonly ConcurrentQueue<Call<TState>> _calls = [];
    private long _tick;

    public void Record(string name, Func<string> call, Func<TState, (TState After, string Answer)> step)
    {
        var invoked = Interlocked.Increment(ref _tick);
        var answer = call();
        _calls.Enqueue(new(invoked, Interlocked.Increment(ref _tick), name, answer, step));
    }

    /// <summary>Gives what was recorded since the last time. Not while calls are under way.</summary>
    public IReadOnlyList<Call<TState>> TakeHistory()
    {
        Call<TState>[] history = [.. _calls.OrderBy(static call => call.Invoked)];
        _calls.Clear();
        return history;
    }
}
