using System.CommandLine;
using Peerstore.Cli.Ingest;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore ingest</c>: reads what a network said into a file.</summary>
internal sealed class IngestCommand
{
    private readonly CliHost _host;
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "Lines to read, or - for standard input: recorded events, multiaddrs that end in /p2p/ID, "
            + "AddrInfo JSON of go-libp2p, visits of the Nebula crawler. Each line is recognised by itself.",
    };

    private readonly StoreOptions _store = new();
    private readonly Option<bool> _json = CommonOptions.Json(" Bad lines are JSON then, too.");
    private readonly Option<string> _ttl = new("--ttl")
    {
        Description = "How long addresses live from now: 45s, 90m, 2h30m or permanent.",
        HelpName = "DURATION",
        DefaultValueFactory = _ => "1h",
    };

    private readonly Option<string?> _errors = new("--errors")
    {
        Description = "Keep every bad line's number and reason in this file, which is written over.",
        HelpName = "FILE",
    };

    private IngestCommand(CliHost host)
    {
        _host = host;
        _file.Validators.Add(CommonOptions.RefuseEmpty);
        _errors.Validators.Add(CommonOptions.RefuseEmpty);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var ingest = new IngestCommand(host);
        var command = new Command("ingest", "Read what a network said into the peerstore.")
        {
            ingest._file, ingest._store.Db, ingest._store.PassphraseFile, ingest._store.MaxSize, ingest._ttl, ingest._errors, ingest._json,
        };
        command.SetAction(ingest.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var ttl = LifetimeText.Parse(arguments.GetRequiredValue(_ttl));
        var path = arguments.GetRequiredValue(_file);
        var db = _store.ReadToStore(arguments, _host);
        var json = arguments.GetValue(_json);
        await using var input = InputFile.Open(path, _host);
        await using var errors = arguments.GetValue(_errors) is { } file
            ? BadLineFile.Check(file, InputFile.IsStandardInput(path) ? null : path, db.Path)
            : null;
        await using var store = await IngestFile.OpenAsync(db, _host, cancellationToken);
        var badLines = new BadLineReport(errors is null ? null : errors.WriteLine, json);
        var run = new IngestRun(store, StoreFile.Options, ttl, badLines);
        var isComplete = await ReadAsync(run, input, cancellationToken);
        // Nobody is told that something is stored before it is.
        await store.FlushAsync();
        if (!isComplete)
        {
            var lines = run.Summary.Lines.Read;
            throw new CliException(
                $"Stopped after line {lines}; what was read until then is stored.", ExitCode.Interrupted);
        }

        if (errors is not null)
        {
            await errors.CompleteAsync();
        }

        if (run.Summary.NothingRecognized)
        {
            throw new CliException($"No line of {Name(path)} is of a format known here; {badLines.First}.");
        }

        badLines.Write(_host.Error);
        Report.Answer(_host, json, run.Summary, ViewsContext.Default.IngestSummary, SummaryReport.Write);
        return ExitCode.Fine;
    }

    /// <returns>Whether the input was read to its end; otherwise the user has stopped it.</returns>
    private async Task<bool> ReadAsync(IngestRun run, Stream input, CancellationToken cancellationToken)
    {
        try
        {
            await ProgressDisplay.RunAsync(
                _host,
                input.CanSeek ? input.Length : null,
                progress => run.ReadAsync(input, progress, cancellationToken));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string Name(string path) => InputFile.IsStandardInput(path) ? "standard input" : path;
}
