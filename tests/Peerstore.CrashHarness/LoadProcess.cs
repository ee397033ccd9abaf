using System.Diagnostics;
using System.Text;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>The process that is killed: writes as fast as it can, and says what has completed. Does not end by itself.</summary>
internal sealed class LoadProcess(SqlitePeerstore store, Durability durability, Workload workload)
{
    // Guards: the output, one line at a time. A line is shorter than what a pipe takes as a whole.
    private readonly Lock _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();

    /// <param name="path">The peerstore.</param>
    /// <param name="durability">What a completed operation promises.</param>
    /// <param name="seed">Of the workload.</param>
    /// <param name="first">The number of the first operation; a multiple of the number of writers.</param>
    public static async Task RunAsync(string path, Durability durability, int seed, long first)
    {
        await using var store = await SqlitePeerstore.OpenAsync(path);
        var load = new LoadProcess(store, durability, new Workload(seed));
        await Task.WhenAll(Enumerable.Range(0, Workload.Writers).Select(writer => Task.Run(() => load.WriteAsync(first + writer))));
    }

    private async Task WriteAsync(long number)
    {
        while (true)
        {
            await workload.ApplyAsync(store, workload.At(number));
            await WaitUntilDurableAsync();
            Say(new(number, Stopwatch.GetTimestamp()));
            number += Workload.Writers;

            // A store that answers at once would keep its own writer waiting for a thread.
            await Task.Yield();
        }
    }

    /// <summary>Makes of a store that writes behind one that has written when an operation completes.</summary>
    private async ValueTask WaitUntilDurableAsync()
    {
        if (durability is Durability.Acknowledge)
        {
            await store.FlushAsync();
        }
    }

    private void Say(Acknowledgement acknowledgement)
    {
        var line = Encoding.ASCII.GetBytes($"{acknowledgement}\n");
        lock (_gate)
        {
            _output.Write(line);
        }
    }
}
