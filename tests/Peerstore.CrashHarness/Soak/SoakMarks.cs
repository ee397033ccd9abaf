using System.Diagnostics;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>Numbered changes beside the load, each said when it is acknowledged: by them loss is found.</summary>
/// <param name="workload">What is changed.</param>
/// <param name="first">The number of the first change; a multiple of the number of writers.</param>
/// <param name="say">Who is told what is acknowledged. Called by several threads.</param>
internal sealed class SoakMarks(Workload workload, long first, Action<Acknowledgement> say)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // Of each writer, the number of its next change, and what it wrote last to each of its slots.
    private readonly long[] _next = [.. Enumerable.Range(0, Workload.Writers).Select(writer => first + writer)];
    private readonly Dictionary<Slot, long>[] _written = [.. Enumerable.Range(0, Workload.Writers).Select(static _ => new Dictionary<Slot, long>())];

    /// <summary>Makes changes until it is stopped; nothing is under way when it ends.</summary>
    public async Task RunAsync(SqlitePeerstore store, CancellationToken stop) => await Task.WhenAll(
        Enumerable.Range(0, Workload.Writers).Select(writer => Task.Run(() => WriteAsync(store, writer, stop), CancellationToken.None)));

    /// <summary>How many of the slots do not hold what was written last. Nobody writes meanwhile.</summary>
    public async Task<int> CountLostAsync(SqlitePeerstore store)
    {
        var lost = 0;
        foreach (var (slot, number) in _written.SelectMany(static written => written))
        {
            lost += await workload.ReadAsync(store, slot) == number ? 0 : 1;
        }

        return lost;
    }

    private async Task WriteAsync(SqlitePeerstore store, int writer, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var operation = workload.At(_next[writer]);
            await workload.ApplyAsync(store, operation);
            say(new(operation.Number, Stopwatch.GetTimestamp()));
            _written[writer][operation.Slot] = operation.Number;
            _next[writer] += Workload.Writers;
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
