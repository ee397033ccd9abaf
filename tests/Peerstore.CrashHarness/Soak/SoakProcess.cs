using System.Diagnostics;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>The process of a soak: two lives of a store. The first ends with an orderly close, the second when it is killed.</summary>
internal sealed class SoakProcess(string path, SoakSettings settings, long first)
{
    private const int MaxFaults = 5;

    // Swept by the load alone: what the counters say can be compared with a recount only while nothing changes.
    private static readonly SqlitePeerstoreOptions Options = new() { Store = new() { SweepInterval = TimeSpan.Zero } };

    private readonly LineOutput _output = new();
    private readonly SoakRecords _records = new();

    public async Task RunAsync()
    {
        var marks = new SoakMarks(new Workload(settings.Seed), first, acknowledgement => _output.Say(acknowledgement));
        await using (var store = await SqlitePeerstore.OpenAsync(path, Options))
        {
            await LiveAsync(store, marks, turn: 1);
        }

        await using (var store = await SqlitePeerstore.OpenAsync(path, Options))
        {
            var load = await LiveAsync(store, marks, turn: 2);
            await Task.WhenAll(load.RunAsync(turn: 3, CancellationToken.None), marks.RunAsync(store, CancellationToken.None));
        }
    }

    private async Task<SoakLoad> LiveAsync(SqlitePeerstore store, SoakMarks marks, int turn)
    {
        var faults = Recount(store);
        if (store.DamagedAtOpening > 0)
        {
            faults.Add($"{store.DamagedAtOpening} entries are damaged");
        }

        var lost = await marks.CountLostAsync(store);
        var load = new SoakLoad(store, settings, _records);
        await load.FillAsync();
        using var stop = new CancellationTokenSource(settings.Life);
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(load.RunAsync(turn, stop.Token), marks.RunAsync(store, stop.Token));
        var elapsed = Stopwatch.GetElapsedTime(begin);
        faults.AddRange(Recount(store));
        GC.Collect();
        _output.Say(new SoakSample
        {
            Seconds = elapsed.TotalSeconds,
            Operations = load.Operations,
            Wrong = load.Wrong,
            Resident = Environment.WorkingSet,
            Managed = GC.GetTotalMemory(forceFullCollection: false),
            File = LengthOf(path),
            Log = LengthOf(path + "-wal"),
            Peers = store.Engine.PeerCount,
            Addresses = store.Engine.AddressCount,
            Records = store.Engine.RecordCount,
            Faults = faults,
            Lost = lost,
        });
        return load;
    }

    private static List<string> Recount(SqlitePeerstore store) => [.. store.Engine.Check().Take(MaxFaults)];

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true, Length: var length } ? length : 0;
}
