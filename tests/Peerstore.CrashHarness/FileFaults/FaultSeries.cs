using System.Globalization;
using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>
/// Runs a store again and again, and each time lets another call to the file system fail: once, and from then on until the fault
/// is over.
/// </summary>
public sealed class FaultSeries(FaultKind kind, Durability durability, int seed, TextWriter output)
{
    private const int MaxWrongsShown = 20;

    /// <summary>Long, for a machine that does much else. A run takes a hundredth of it.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(1);

    private int _hit;
    private int _wrong;

    /// <summary>How many operations a run has. Default 16.</summary>
    public int Operations { get; init; } = 16;

    /// <summary>Whether the file is made in each run, and not there with something in it. Default no.</summary>
    public bool StartsNew { get; init; }

    /// <summary>Which of the calls is the first to fail. Default the first.</summary>
    public int First { get; init; } = 1;

    /// <summary>Of how many calls one fails. Default each.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>How many runs there were.</summary>
    public int Runs { get; private set; }

    /// <summary>In how many of them a call was told of the fault.</summary>
    public int Told { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <returns>In how many runs something was wrong.</returns>
    public async Task<int> RunAsync(string folder)
    {
        var calls = await CountAsync(folder);
        for (var nth = First; nth <= calls; nth += Stride)
        {
            await RunAsync(folder, kind.At(nth, untilHealed: false), healsWhileOpen: true);
            await RunAsync(folder, kind.At(nth, untilHealed: true), healsWhileOpen: nth % 2 == 0);
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind} {durability}, seed {seed}, {Operations} operations on {(StartsNew ? "a new" : "an older")} file, {calls} calls: {Runs} runs, {_hit} hit by the fault, {Told} told of it, {_wrong} wrong"));
        return _wrong;
    }

    /// <summary>How many calls there are of the kinds that are to fail, in a run in which none does.</summary>
    private async Task<int> CountAsync(string folder)
    {
        // A fault that lets every call do its work counts those that it meets.
        var fault = new Fault { Calls = kind.Calls(), UntilHealed = true, Result = SqliteCode.Ok };
        var (hits, _) = await RunAsync(folder, fault, healsWhileOpen: false);
        (Runs, _hit, Told) = (0, 0, 0);
        return hits;
    }

    private async Task<(int Hits, FaultyRun Run)> RunAsync(string folder, Fault fault, bool healsWhileOpen)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "run"));
        using var vfs = FaultyVfs.Register();
        var run = new FaultyRun(place.FullName, durability, seed, Operations) { StartsNew = StartsNew };
        string? failure = null;
        try
        {
            await run.RunAsync(vfs, fault, healsWhileOpen).WaitAsync(LongestRun);
        }
        catch (Exception e)
        {
            // Whatever it is, it is what must not be.
            failure = e.ToString();
        }

        Runs++;
        _hit += run.IsHit ? 1 : 0;
        Told += run.Told > 0 ? 1 : 0;
        if (failure is not null || run.Wrongs.Count > 0)
        {
            _wrong++;
            if (_wrong <= MaxWrongsShown)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"call {fault.Nth}{(fault.UntilHealed ? " and all after it" : "")}, {(healsWhileOpen ? "healed" : "closed")}: {failure ?? string.Join("; ", run.Wrongs)}"));
            }
        }

        place.Delete(recursive: true);
        return ((int)vfs.Plan.Hits, run);
    }
}
