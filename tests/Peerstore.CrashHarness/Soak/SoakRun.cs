using System.Diagnostics;
using System.Globalization;

namespace Peerstore.CrashHarness;

/// <summary>One process of a soak, and how it ended.</summary>
/// <param name="Samples">What it said of its store, once for each life.</param>
/// <param name="Killing">What it had acknowledged when it was killed.</param>
internal sealed record SoakRun(IReadOnlyList<SoakSample> Samples, Killing Killing)
{
    /// <summary>How often a process opens the store.</summary>
    public const int Lives = 2;

    /// <summary>What opening, filling and counting may take of it, on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="path">The peerstore.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="first">The number of the first mark.</param>
    /// <param name="after">How long after its second sample the process is killed, its load going on.</param>
    public static async Task<SoakRun> RunAsync(string path, SoakSettings settings, long first, TimeSpan after)
    {
        using var process = Killing.Start(
        [
            "soak-child", "--db", path, "--seed", Text(settings.Seed), "--first", Text(first), "--rate", Text(settings.Rate),
            "--peers", Text(settings.Peers), "--restart-every", Text(settings.Life.TotalSeconds),
        ]);
        var (samples, acknowledged) = (new List<SoakSample>(), new List<Acknowledgement>());
        var isDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = ReadAsync(process.StandardOutput, samples, acknowledged, isDone);
        var complaint = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var last = await Task.WhenAny(ended, isDone.Task, Task.Delay((settings.Life + Patience) * Lives));
        if (last == isDone.Task)
        {
            await Task.WhenAny(ended, Task.Delay(after));
        }

        var endedByItself = ended.IsCompleted;
        var time = Stopwatch.GetTimestamp();
        process.Kill();
        await Task.WhenAll(ended, said);
        return new(samples, new(acknowledged, time, endedByItself ? $"exit code {process.ExitCode}: {await complaint}" : null));
    }

    private static async Task ReadAsync(
        StreamReader output, List<SoakSample> samples, List<Acknowledgement> acknowledged, TaskCompletionSource isDone)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (Acknowledgement.TryParse(line, out var acknowledgement))
            {
                acknowledged.Add(acknowledgement);
            }
            else if (SoakSample.TryParse(line, out var sample))
            {
                samples.Add(sample);
                if (samples.Count == Lives)
                {
                    isDone.SetResult();
                }
            }
        }
    }

    private static string Text(IFormattable number) => number.ToString(format: null, CultureInfo.InvariantCulture);
}
