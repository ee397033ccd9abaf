using System.CommandLine;
using Peerstore.Scorecard.Durable;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>durable</c>: what the file costs.</summary>
internal sealed class DurableCommand
{
    private const int UsualPeers = 100_000;
    private const double UsualSeconds = 5;
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers($"{UsualPeers}");
    private readonly Option<double?> _seconds = CommonOptions.Seconds(
        "Seconds of reading while writing, and of acknowledged writes by each number of callers; 5 where none are given.");

    private DurableCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var durable = new DurableCommand(host);
        var command = new Command("durable", "Peers per second to a file, opening it again, and reading while writing.")
        {
            durable._peers, durable._seconds,
        };
        command.SetAction(durable.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var reading = TimeSpan.FromSeconds(arguments.GetValue(_seconds) ?? UsualSeconds);
        var directory = Directory.CreateTempSubdirectory("peerstore-scorecard-");
        try
        {
            _lines.Write(new MachineLine { Store = "sqlite" });
            var commit = BareCommit.Measure(Path.Combine(directory.FullName, "commit.db"));
            _lines.Write(commit);
            var run = new DurableRun(directory.FullName, arguments.GetValue(_peers) ?? UsualPeers, reading);
            foreach (var callers in AcknowledgeRun.Callers)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _lines.Write(await new AcknowledgeRun(directory.FullName, reading).MeasureAsync(callers));
            }

            _lines.Write(await run.ReadMemoryAsync());
            foreach (var mode in DurableMode.All)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _lines.Write(await run.WriteAsync(mode, commit));
                await foreach (var line in run.LookAsync(mode))
                {
                    _lines.Write(line);
                }

                _lines.Write(await run.ReadFileAsync(mode));
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
