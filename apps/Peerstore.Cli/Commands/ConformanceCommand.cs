using System.CommandLine;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Testing;
using Peerstore.Cli.Conformance;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore conformance</c>: replays golden documents against a store.</summary>
internal sealed class ConformanceCommand
{
    private const string Memory = "memory";
    private const string Sqlite = "sqlite";
    private readonly CliHost _host;
    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Documents, or folders with documents at any depth (*.json).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _store = new("--store")
    {
        Description = "Which store answers.",
        HelpName = $"{Memory}|{Sqlite}",
        DefaultValueFactory = _ => Memory,
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    private ConformanceCommand(CliHost host)
    {
        _host = host;
        _paths.Validators.Add(CommonOptions.RefuseEmpty);
        _store.Validators.Add(result => CommonOptions.RefuseOthers(result, "a store", Memory, Sqlite));
    }

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var conformance = new ConformanceCommand(host);
        var command = new Command("conformance", "Replay documents recorded from go-libp2p and compare the answers.")
        {
            conformance._paths, conformance._store, conformance._json,
        };
        command.SetAction(conformance.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var asJson = arguments.GetValue(_json);
        var runner = new ConformanceRunner(IsSqlite(arguments.GetRequiredValue(_store))
            ? TemporarySqliteStore.OpenAsync
            : static (clock, options) => new ValueTask<IPeerstore>(MemoryPeerstore.Create(options, clock)));
        var files = new ConformanceFiles(_host.Error);
        var reports = new List<ConformanceReport>();
        await foreach (var document in files.ReadAsync(arguments.GetRequiredValue(_paths), cancellationToken))
        {
            var found = await runner.RunAsync(document, cancellationToken);
            reports.Add(found);
            if (!asJson)
            {
                ConformanceText.WriteMismatches(found, Report.For(_host));
            }
        }

        if (reports.Count == 0)
        {
            throw new CliException("There is no document to replay here.");
        }

        var all = ConformanceReport.Join(reports);
        Report.Answer(
            _host,
            asJson,
            ConformanceView.From(all),
            ViewsContext.Default.ConformanceView,
            (_, report) => ConformanceText.WriteSum(all, report));
        if (all.Failed > 0)
        {
            return ExitCode.NoAnswer;
        }

        return files.HasUnreadable ? ExitCode.CannotDo : ExitCode.Fine;
    }

    private static bool IsSqlite(string store) => string.Equals(store, Sqlite, StringComparison.Ordinal);
}
