using System.CommandLine;
using Peerstore.Scorecard.Plots;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>plots</c>: draws what was measured before.</summary>
internal sealed class PlotsCommand
{
    private readonly ScorecardHost _host;
    private readonly Option<string> _out = new("--out")
    {
        Description = "The directory for the drawings.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => ".",
    };

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Files of lines that the scorecard printed; standard input where none are given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private PlotsCommand(ScorecardHost host) => _host = host;

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var plots = new PlotsCommand(host);
        var command = new Command("plots", "Draws cost by peers and throughput by threads as SVG.") { plots._out, plots._files };
        command.SetAction(plots.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var reader = new ScoreReader();
        var files = arguments.GetValue(_files) ?? [];
        if (files.Length == 0)
        {
            await ReadAsync(_host.In, reader, cancellationToken);
        }

        foreach (var file in files)
        {
            using var lines = File.OpenText(file);
            await ReadAsync(lines, reader, cancellationToken);
        }

        var directory = Directory.CreateDirectory(arguments.GetRequiredValue(_out)).FullName;
        Write(
            Path.Combine(directory, "cost-by-peers.svg"),
            new PlotTitles("Cost of an operation by the size of the store", "peers", "ns"),
            reader.CostsByPeers("Addrs-hit", "AddAddrs-refresh", "floor"));
        Write(
            Path.Combine(directory, "throughput-by-threads.svg"),
            new PlotTitles("Mixed operations by the number of threads", "threads", "per second"),
            [reader.ThroughputByThreads]);
    }

    private static async Task ReadAsync(TextReader lines, ScoreReader reader, CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            reader.Read(line);
        }
    }

    private void Write(string path, PlotTitles titles, IReadOnlyList<PlotSeries> series)
    {
        if (series.All(static line => line.Points.Count == 0))
        {
            return;
        }

        File.WriteAllText(path, new LineChart(titles, series).Draw());
        _host.Out.WriteLine(path);
    }
}
