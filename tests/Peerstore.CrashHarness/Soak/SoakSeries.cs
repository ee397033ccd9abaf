using System.Globalization;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>A store under a steady load, opened again and again: after an orderly close and after a kill, in turns.</summary>
internal sealed class SoakSeries(SoakSettings settings, TextWriter output)
{
    private const int MaxWrongsShown = 10;
    private readonly Random _random = new(settings.Seed);
    private readonly Workload _workload = new(settings.Seed);
    private readonly List<SoakSample> _samples = [];
    private IReadOnlyDictionary<Slot, long> _held = new Dictionary<Slot, long>();
    private long _first = Workload.Writers;
    private int _wrongs;

    /// <summary>Runs it.</summary>
    /// <returns>How many things were wrong.</returns>
    public async Task<int> RunAsync(string path)
    {
        for (var life = 0; life < settings.Lives; life += SoakRun.Lives)
        {
            var run = await SoakRun.RunAsync(path, settings, _first, TimeSpan.FromSeconds(0.5 * _random.NextDouble()));
            await InspectAsync(path, run);
        }

        await ComplainAsync(SoakVerdict.OfTrend(_samples, settings));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{_samples.Count} lives, seed {settings.Seed}, {_samples.Sum(static sample => sample.Operations)} operations, {_wrongs} things wrong"));
        return _wrongs;
    }

    private async Task InspectAsync(string path, SoakRun run)
    {
        foreach (var sample in run.Samples)
        {
            _samples.Add(sample);
            await output.WriteLineAsync(Describe(_samples.Count, sample));
            await ComplainAsync(SoakVerdict.OfLife(sample));
        }

        if (run.Samples.Count < SoakRun.Lives)
        {
            await ComplainAsync([$"the process lived {run.Samples.Count} lives"]);
        }

        var inspection = new Inspection(_workload, _held);
        await inspection.LookAsync(path, run.Killing, settings.Grace, _first);
        var check = await PeerstoreFile.CheckAsync(path);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"killed: {run.Killing.Acknowledged.Count} marks acknowledged, {inspection.Lost} of them lost, the oldest {inspection.OldestLost.TotalMilliseconds:0} ms before the kill; {check.Peers} peers in the file"));
        await ComplainAsync(inspection.Wrongs.Concat(check.Findings));
        _held = inspection.Found;
        _first = ((run.Killing.Acknowledged.Select(static one => one.Number).Append(_first).Max() / Workload.Writers) + 2) * Workload.Writers;
    }

    private async Task ComplainAsync(IEnumerable<string> wrongs)
    {
        foreach (var wrong in wrongs.Take(MaxWrongsShown))
        {
            _wrongs++;
            await output.WriteLineAsync($"    WRONG: {wrong}");
        }
    }

    private static string Describe(int life, SoakSample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"{life}: {sample.Operations} operations in {sample.Seconds:0.0} s ({sample.Operations / sample.Seconds:0}/s), resident {sample.Resident / 1e6:0.0} MB, managed {sample.Managed / 1e6:0.0} MB, file {sample.File / 1e6:0.0} MB, log {sample.Log / 1e6:0.0} MB, {sample.Peers} peers, {sample.Addresses} addresses, {sample.Records} records, {sample.Faults.Count} counters wrong, {sample.Wrong} answers wrong, {sample.Lost} lost by an orderly close before");
}
