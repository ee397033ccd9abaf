using System.CommandLine;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore export</c>: writes the peers for other programs, or for another peerstore.</summary>
internal sealed class ExportCommand
{
    private const string Jsonl = "jsonl";
    private const string AddrInfo = "addrinfo";
    private const string Multiaddrs = "multiaddrs";
    private const string Entries = "entries";
    private readonly CliHost _host;
    private readonly StoreOptions _store = new();
    private readonly Option<bool> _json = CommonOptions.Json(
        " jsonl and addrinfo are JSON anyway; multiaddrs become JSON texts.");
    private readonly Option<string> _format = new("--format")
    {
        Description = "jsonl: all that is known but private keys; addrinfo: go-libp2p's AddrInfo; multiaddrs: addresses with "
            + "/p2p/ID; entries: bytes for 'import', with everything in them.",
        HelpName = $"{Jsonl}|{AddrInfo}|{Multiaddrs}|{Entries}",
        DefaultValueFactory = _ => Jsonl,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The file to make, or - for standard output. There must be none of that name.",
        HelpName = "FILE|-",
    };

    private readonly Option<bool> _privateKeys = new("--private-keys-in-clear")
    {
        Description = "With entries: write private keys, too, in clear. Without it they are left out.",
    };

    private ExportCommand(CliHost host)
    {
        _host = host;
        _format.Validators.Add(result => CommonOptions.RefuseOthers(result, "a format", Jsonl, AddrInfo, Multiaddrs, Entries));
        _out.Validators.Add(CommonOptions.RefuseEmpty);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var export = new ExportCommand(host);
        var command = new Command(
            "export", "Write the peers: as lines, of which 'ingest' reads addrinfo and multiaddrs back, or as entries for 'import'.")
        {
            export._store.Db, export._store.PassphraseFile, export._format, export._out, export._privateKeys, export._json,
        };
        command.SetAction(export.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var isEntries = string.Equals(arguments.GetRequiredValue(_format), Entries, StringComparison.Ordinal);
        RefuseWhatDoesNotFit(arguments, isEntries);
        var location = _store.Read(arguments, _host);
        await using IPeerstore store = await StoreFile.OpenAsync(location, create: false, _host, cancellationToken);
        await using var target = ExportTarget.Open(arguments.GetValue(_out), location.Path, _host);
        if (isEntries)
        {
            await WriteEntriesAsync(store, target, arguments, cancellationToken);
        }
        else
        {
            await WriteLinesAsync(store, target, arguments, cancellationToken);
        }

        return ExitCode.Fine;
    }

    private void RefuseWhatDoesNotFit(ParseResult arguments, bool isEntries)
    {
        if (arguments.GetValue(_privateKeys) && !isEntries)
        {
            throw new CliException($"--private-keys-in-clear is for --format {Entries}: no other format has private keys.");
        }

        if (isEntries && _host.OutIsTerminal && arguments.GetValue(_out) is null)
        {
            throw new CliException("Entries are bytes, which a terminal cannot show: name a file with --out FILE.");
        }
    }

    private async Task WriteEntriesAsync(
        IPeerstore store, ExportTarget target, ParseResult arguments, CancellationToken cancellationToken)
    {
        var options = new PeerstoreExportOptions { PrivateKeysInClear = arguments.GetValue(_privateKeys) };
        var written = await PeerstoreExport.WriteAsync(store, target.OpenStream(), options, cancellationToken);
        if (target.Complete() is { } bytes)
        {
            var view = new ExportView(arguments.GetValue(_out)!, written.Peers, bytes)
            {
                PrivateKeys = written.PrivateKeys,
                PrivateKeysLeftOut = written.PrivateKeysLeftOut,
            };
            Answer(arguments, view);
        }
        else if (written.PrivateKeysLeftOut > 0)
        {
            _host.Error.WriteLine(
                $"{written.PrivateKeysLeftOut} private keys were left out; --private-keys-in-clear writes them as well.");
        }
    }

    private async Task WriteLinesAsync(
        IPeerstore store, ExportTarget target, ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = target.OpenWriter();
        var export = new LineExport(store, output, FormOf(arguments));
        await export.WriteAsync(cancellationToken);
        if (target.Complete() is { } bytes)
        {
            Answer(arguments, new(arguments.GetValue(_out)!, export.Peers, bytes));
        }

        if (export.LeftOut > 0)
        {
            _host.Error.WriteLine($"{export.LeftOut} addresses were left out: as lines they would be read as others.");
        }
    }

    private LineForm FormOf(ParseResult arguments) => arguments.GetRequiredValue(_format) switch
    {
        AddrInfo => LineForm.AddrInfo,
        Multiaddrs => arguments.GetValue(_json) ? LineForm.MultiaddrsInJson : LineForm.Multiaddrs,
        _ => LineForm.All,
    };

    private void Answer(ParseResult arguments, ExportView view) =>
        Report.Answer(_host, arguments.GetValue(_json), view, ViewsContext.Default.ExportView, Write);

    private static void Write(ExportView view, IReport report)
    {
        List<(string Name, string Value)> pairs = [("export", view.File), ("peers", $"{view.Peers}"), ("bytes", $"{view.Bytes}")];
        if (view.PrivateKeys is { } privateKeys)
        {
            pairs.Add(("private keys", $"{privateKeys} in clear, {view.PrivateKeysLeftOut} left out"));
        }

        report.Pairs(pairs);
    }
}
