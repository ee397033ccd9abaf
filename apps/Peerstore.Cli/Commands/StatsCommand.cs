using System.CommandLine;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore stats</c>: the store in numbers.</summary>
internal sealed class StatsCommand
{
    private readonly CliHost _host;
    private readonly StoreOptions _store = new();
    private readonly Option<bool> _json = CommonOptions.Json();

    private StatsCommand(CliHost host) => _host = host;

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var stats = new StatsCommand(host);
        var command = new Command("stats", "Show the peerstore in numbers.") { stats._store.Db, stats._store.PassphraseFile, stats._json };
        command.SetAction(stats.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using IPeerstore store = await StoreFile.OpenAsync(
            _store.Read(arguments, _host), create: false, _host, cancellationToken);
        var statistics = await new StatisticsReader(store).ReadAsync(cancellationToken);
        Report.Answer(
            _host, arguments.GetValue(_json), statistics, ViewsContext.Default.StoreStatistics, Write);
        return ExitCode.Fine;
    }

    private static void Write(StoreStatistics statistics, IReport report)
    {
        report.Pairs(
        [
            ("peers", $"{statistics.Peers}, {statistics.PeersWithAddresses} of them with addresses"),
            ("addresses", $"{statistics.Addresses}, {statistics.CertifiedAddresses} of them certified"),
            ("records", $"{statistics.Records}"),
            ("keys", $"{statistics.Keys}"),
        ]);
        report.Table(Table("Addresses by transport", "transport", "addresses", statistics.Transports));
        report.Table(Table("Most frequent protocols", "protocol", "peers", statistics.Protocols));
        report.Table(Table("Most frequent agents", "agent", "peers", statistics.Agents));
    }

    private static TextTable Table(string title, string name, string number, IReadOnlyList<Frequency> frequencies) =>
        new(title, [name, number], [.. frequencies.Select(row => new[] { row.Name, $"{row.Count}" })]);
}
