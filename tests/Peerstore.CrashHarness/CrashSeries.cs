using System.Globalization;

namespace Peerstore.CrashHarness;

/// <summary>Kills a process again and again, each on the file that its predecessor left.</summary>
/// <remarks>
/// The moment of the kill is chosen between the start of the process and <see cref="LongestLife"/>: some die while they open
/// the file. A mode and a seed make a run again, as far as a process under load can be made to do the same twice.
/// </remarks>
public sealed class CrashSeries(Durability durability, int seed, TextWriter output)
{
    /// <summary>What a store that writes behind promises.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private const int MaxWrongsShown = 10;

    private readonly Random _random = new(seed);
    private readonly Workload _workload = new(seed);
    private IReadOnlyDictionary<Slot, long> _held = new Dictionary<Slot, long>();
    private long _first = Workload.Writers;
    private long _acknowledged;
    private TimeSpan _oldestLost;

    /// <summary>After how long at most a process is killed. Default two seconds.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What the machine may take longer than <see cref="Window"/>: the write itself, and threads that a busy one does not run
    /// at once. Default 400 ms.
    /// </summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromMilliseconds(400);

    private TimeSpan Grace => Window + Slack;

    /// <summary>Runs it.</summary>
    /// <returns>In how many runs something was wrong.</returns>
    public async Task<int> RunAsync(string path, int runs)
    {
        var failed = 0;
        for (var run = 1; run <= runs; run++)
        {
            failed += await RunOnceAsync(path, run) ? 0 : 1;
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{runs} runs {durability}, seed {seed}{(durability is Durability.Behind ? $", {Grace.TotalMilliseconds:0} ms of grace" : "")}: {_acknowledged} operations acknowledged, the oldest lost one {_oldestLost.TotalMilliseconds:0} ms before a kill, {failed} runs failed"));
        return failed;
    }

    private async Task<bool> RunOnceAsync(string path, int run)
    {
        var after = LongestLife * _random.NextDouble();
        var killing = await Killing.RunAsync(path, durability, seed, _first, after);
        var inspection = new Inspection(_workload, _held);
        await inspection.LookAsync(path, killing, durability is Durability.Behind ? Grace : null, _first);
        _held = inspection.Found;
        _acknowledged += killing.Acknowledged.Count;
        _oldestLost = inspection.OldestLost > _oldestLost ? inspection.OldestLost : _oldestLost;

        // Past everything that may have been issued, and at a multiple of the writers.
        var last = killing.Acknowledged.Select(static one => one.Number).Append(_first).Max();
        _first = ((last / Workload.Writers) + 2) * Workload.Writers;

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{run}: seed {seed}, killed after {after.TotalMilliseconds:0} ms, {killing.Acknowledged.Count} acknowledged, {inspection.Lost} of them lost, the oldest {inspection.OldestLost.TotalMilliseconds:0} ms before the kill, {(inspection.Wrongs.Count == 0 ? "ok" : "WRONG")}"));
        foreach (var wrong in inspection.Wrongs.Take(MaxWrongsShown))
        {
            await output.WriteLineAsync($"    {wrong}");
        }

        return inspection.Wrongs.Count == 0;
    }
}
