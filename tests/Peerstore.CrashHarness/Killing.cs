using System.Diagnostics;
using System.Globalization;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>Starts a process that writes, kills it after a while, and tells what it had said by then.</summary>
/// <param name="Acknowledged">What had completed, as the process said it.</param>
/// <param name="Time">When it was killed, not later, by the clock of the acknowledgements.</param>
/// <param name="Failure">What it complained of if it ended by itself; else null.</param>
internal sealed record Killing(IReadOnlyList<Acknowledgement> Acknowledged, long Time, string? Failure)
{
    /// <summary>Runs a child that writes.</summary>
    public static Task<Killing> RunAsync(string path, Durability durability, int seed, long first, TimeSpan after) => RunAsync(
        [
            "child", "--db", path, "--mode", durability.ToString(), "--seed", seed.ToString(CultureInfo.InvariantCulture),
            "--first", first.ToString(CultureInfo.InvariantCulture),
        ],
        after);

    /// <summary>Runs this program with other arguments.</summary>
    public static async Task<Killing> RunAsync(IEnumerable<string> arguments, TimeSpan after)
    {
        using var process = Start(arguments);
        var said = ReadAsync(process.StandardOutput);
        var complaint = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExitAsync();
        var endedByItself = await Task.WhenAny(ended, Task.Delay(after)) == ended;
        var time = Stopwatch.GetTimestamp();
        process.Kill();
        await ended;
        return new(await said, time, endedByItself ? $"exit code {process.ExitCode}: {await complaint}" : null);
    }

    /// <summary>Starts this program once more.</summary>
    public static Process Start(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        ["exec", typeof(Killing).Assembly.Location, .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<List<Acknowledgement>> ReadAsync(StreamReader output)
    {
        var all = new List<Acknowledgement>();
        while (await output.ReadLineAsync() is { } line)
        {
            if (Acknowledgement.TryParse(line, out var acknowledgement))
            {
                all.Add(acknowledgement);
            }
        }

        return all;
    }
}
