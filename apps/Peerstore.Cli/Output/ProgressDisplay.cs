using Peerstore.Cli.Ingest;
using Spectre.Console;

namespace Peerstore.Cli.Output;

/// <summary>Shows on standard error how far a long ingestion is.</summary>
internal static class ProgressDisplay
{
    /// <summary>A shorter file is read before a bar could be looked at.</summary>
    private const long ShortBytes = 4 * 1024 * 1024;

    /// <summary>Runs some work and shows its progress.</summary>
    /// <param name="host">The process.</param>
    /// <param name="length">The bytes that there are to read, or null where that is unknown.</param>
    /// <param name="work">The work.</param>
    public static async Task RunAsync(CliHost host, long? length, Func<IProgress<IngestProgress>?, Task> work)
    {
        if (length < ShortBytes)
        {
            await work(null);
            return;
        }

        if (!host.ErrorIsTerminal)
        {
            await work(new PlainProgress(host.Error, host.Time));
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error) });
        await console.Progress()
            .AutoClear(true)
            .StartAsync(async context =>
            {
                var task = context.AddTask("ingest", maxValue: length ?? 1);
                task.IsIndeterminate = length is null;
                await work(new Bar(task));
            });
    }

    private sealed class Bar(ProgressTask task) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value)
        {
            task.Description = PlainProgress.Describe(value);
            if (!task.IsIndeterminate)
            {
                task.Value = value.Bytes;
            }
        }
    }
}
