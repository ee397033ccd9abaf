using System.CommandLine;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Testing;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore conformance</c>: replays golden documents against a store.</summary>
internal static class ConformanceCommand
{
    private const string Memory = "memory";
    private const string Sqlite = "sqlite";
    private const int Conforms = 0;
    private const int Differs = 1;
    private const int CannotDo = 2;

    /// <summary>Makes the command. It writes to the output and the error stream of the invocation.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Documents, or folders with documents at any depth (*.json).",
            Arity = ArgumentArity.OneOrMore,
        };
        var store = new Option<string>("--store")
        {
            Description = "Which store answers.",
            DefaultValueFactory = static _ => Memory,
        };
        store.AcceptOnlyFromAmong(Memory, Sqlite);
        var json = new Option<bool>("--json") { Description = "Answer with one JSON object." };

        var command = new Command("conformance", "Replay documents recorded from go-libp2p and compare the answers.")
        {
            paths, store, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var files = new ConformanceFiles(parsed.InvocationConfiguration.Error);
            IConformanceReport report = parsed.GetValue(json)
                ? new ConformanceJsonReport(output)
                : new ConformanceTextReport(output);
            return RunAsync(files, parsed.GetRequiredValue(paths), parsed.GetRequiredValue(store), report, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ConformanceFiles files,
        IReadOnlyList<string> paths,
        string store,
        IConformanceReport report,
        CancellationToken cancellationToken)
    {
        var runner = new ConformanceRunner(string.Equals(store, Sqlite, StringComparison.Ordinal)
            ? TemporarySqliteStore.OpenAsync
            : static (clock, options) => new ValueTask<IPeerstore>(MemoryPeerstore.Create(options, clock)));
        var reports = new List<ConformanceReport>();
        await foreach (var document in files.ReadAsync(paths, cancellationToken))
        {
            var found = await runner.RunAsync(document, cancellationToken);
            report.Add(found);
            reports.Add(found);
        }

        if (reports.Count == 0)
        {
            files.Complain("There is no document to replay here.");
            return CannotDo;
        }

        var all = ConformanceReport.Join(reports);
        report.End(all);
        if (all.Failed > 0)
        {
            return Differs;
        }

        return files.HasUnreadable ? CannotDo : Conforms;
    }
}
