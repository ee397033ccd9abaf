using System.CommandLine;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore import</c>: reads what <c>export --format entries</c> wrote.</summary>
internal sealed class ImportCommand
{
    private const int BufferBytes = 65_536;
    private readonly CliHost _host;
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "What 'export --format entries' wrote, or - for standard input. All of it is checked: it may be anybody's.",
    };

    private readonly StoreOptions _store = new();
    private readonly Option<bool> _privateKeys = new("--private-keys")
    {
        Description = "Take private keys, too. They need a passphrase to be protected by. Without it they are left out.",
    };

    private readonly Option<bool> _permanentAddresses = new("--permanent-addresses")
    {
        Description = "Let addresses live for as long as FILE says, also for ever: for an export of your own. Without it permanent "
            + $"ones live {LifetimeText.Format(AddressTtl.Address)}, others {PeerstoreImportOptions.LongestLifetime.Days} days at most.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    private ImportCommand(CliHost host)
    {
        _host = host;
        _file.Validators.Add(CommonOptions.RefuseEmpty);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var import = new ImportCommand(host);
        var command = new Command(
            "import", "Read the peers of another peerstore into this one, beside what it knows. Ends with 1 if a part of them was damaged or refused.")
        {
            import._file, import._store.Db, import._store.PassphraseFile, import._store.MaxSize, import._privateKeys,
            import._permanentAddresses, import._json,
        };
        command.SetAction(import.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetRequiredValue(_file);
        var location = _store.ReadToStore(arguments, _host) with { TakesPrivateKeys = arguments.GetValue(_privateKeys) };
        RefuseWithoutPassphrase(location);
        var json = arguments.GetValue(_json);
        var options = new PeerstoreImportOptions
        {
            PrivateKeys = location.TakesPrivateKeys,
            PermanentAddresses = arguments.GetValue(_permanentAddresses),
        };
        await using var input = InputFile.Open(path, _host);
        await using var buffered = new BufferedStream(input, BufferBytes);
        await using var file = new ImportFile(location, _host);
        PeerstoreImportReport report;
        try
        {
            report = await ReadAsync(buffered, input.CanSeek ? input.Length : null, file, options, cancellationToken);
        }
        catch (PeerstoreImportException e) when (file.IsOpen)
        {
            await file.FlushAsync();
            Answer(json, e.Report);
            throw new CliException($"{e.Message} What was imported before is stored.");
        }

        // Nobody is told that something is stored before it is.
        await file.FlushAsync();
        Answer(json, report);
        if (await buffered.ReadAsync(new byte[1], cancellationToken) > 0)
        {
            throw new CliException("Something follows the end of the export; it was not read.", ExitCode.NoAnswer);
        }

        return report.Problems.Count > 0 ? ExitCode.NoAnswer : ExitCode.Fine;
    }

    private static void RefuseWithoutPassphrase(StoreLocation location)
    {
        if (location is { TakesPrivateKeys: true, Passphrase: null } && !Path.Exists(location.Path))
        {
            throw StoreFile.NeedsPassphrase(location.Path);
        }
    }

    private async Task<PeerstoreImportReport> ReadAsync(
        Stream input, long? length, ImportFile file, PeerstoreImportOptions options, CancellationToken cancellationToken)
    {
        PeerstoreImportReport? report = null;
        try
        {
            await ProgressDisplay.RunAsync(_host, length, async progress => report = await PeerstoreImport.ReadAsync(
                file.OpenAsync,
                input,
                options with { Progress = progress is null ? null : new ImportProgress(progress) },
                cancellationToken));
            return report!;
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.KeyProtection && file.Location.Passphrase is null)
        {
            throw StoreFile.NeedsPassphrase(file.Location.Path);
        }
        catch (OperationCanceledException) when (file.IsOpen)
        {
            await file.FlushAsync();
            throw new CliException("Stopped; what was imported until then is stored.", ExitCode.Interrupted);
        }
    }

    private void Answer(bool json, PeerstoreImportReport report) =>
        Report.Answer(_host, json, ImportView.From(report), ViewsContext.Default.ImportView, ImportReport.Write);
}
