using System.Diagnostics;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>The process that is killed: writes as fast as it can, and says what has completed. Does not end by itself.</summary>
internal sealed class LoadProcess(SqlitePeerstore store, Workload workload)
{
    private readonly LineOutput _output = new();

    /// <param name="path">The peerstore.</param>
    /// <param name="durability">What a completed operation promises.</param>
    /// <param name="seed">Of the workload.</param>
    /// <param name="first">The number of the first operation; a multiple of the number of writers.</param>
    public static async Task RunAsync(string path, Durability durability, int seed, long first)
    {
        await using var store = await SqlitePeerstore.OpenAsync(path, new() { Durability = durability });
        var load = new LoadProcess(store, new Workload(seed));
        await Task.WhenAll(Enumerable.Range(0, Workload.Writers).Select(writer => Task.Run(() => load.WriteAsync(first + writer))));
    }

    private async Task WriteAsync(long number)
    {
        while (true)
        {
            await workload.ApplyAsync(store, workload.At(number));
            _output.Say(new Acknowledgement(number, Stopwatch.GetTimestamp()));
            number += Workload.Writers;

            // A store that answers at once would keep its own writer waiting for a thread.
            await Task.Yield();
        }
    }
}
