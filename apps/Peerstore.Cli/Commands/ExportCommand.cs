using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore export</c>: writes the peers for other programs.</summary>
internal sealed class ExportCommand
{
    private readonly CliHost _host;
    private readonly Option<string> _db = CommonOptions.Db();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<ExportFormat> _format = new("--format")
    {
        Description = "jsonl: all that is known; addrinfo: go-libp2p's AddrInfo; multiaddrs: addresses with /p2p/ID.",
        HelpName = "jsonl|addrinfo|multiaddrs",
        DefaultValueFactory = _ => ExportFormat.Jsonl,
        CustomParser = ParseFormat,
    };

    private bool _asJson;
    private int _leftOut;

    private ExportCommand(CliHost host) => _host = host;

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var export = new ExportCommand(host);
        var command = new Command("export", "Write the peers as lines; 'ingest' reads addrinfo and multiaddrs back.")
        {
            export._db, export._format, export._json,
        };
        command.SetAction(export.RunAsync);
        return command;
    }

    private static ExportFormat ParseFormat(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        switch (text)
        {
            case "jsonl":
                return ExportFormat.Jsonl;
            case "addrinfo":
                return ExportFormat.AddrInfo;
            case "multiaddrs":
                return ExportFormat.Multiaddrs;
            default:
                argument.AddError($"'{text}' is not a format: write jsonl, addrinfo or multiaddrs.");
                return default;
        }
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var format = arguments.GetRequiredValue(_format);
        _asJson = arguments.GetValue(_json);
        await using IPeerstore store = await StoreFile.OpenAsync(
            arguments.GetRequiredValue(_db), create: false, _host, cancellationToken);
        foreach (var peer in await StoreFile.ListPeersAsync(store, cancellationToken))
        {
            if (format == ExportFormat.Jsonl)
            {
                await WriteAllAsync(store, peer, cancellationToken);
            }
            else
            {
                await WriteAddressesAsync(store, peer, format, cancellationToken);
            }
        }

        if (_leftOut > 0)
        {
            _host.Error.WriteLine($"{_leftOut} addresses were left out: as text they would be others.");
        }

        return ExitCode.Fine;
    }

    private async Task WriteAllAsync(IPeerstore store, PeerId peer, CancellationToken cancellationToken)
    {
        var reader = new PeerViewReader(store, StoreFile.Options.DecodeLimits);
        var view = await reader.ReadAsync(peer, cancellationToken);
        await _host.Out.WriteLineAsync(
            JsonSerializer.Serialize(view, ViewsContext.Default.PeerView).AsMemory(), cancellationToken);
    }

    private async Task WriteAddressesAsync(
        IPeerstore store, PeerId peer, ExportFormat format, CancellationToken cancellationToken)
    {
        var all = await store.Addresses.GetAsync(peer, cancellationToken);
        Multiaddr[] addresses = [.. all.Where(ReadsBack)];
        _leftOut += all.Count - addresses.Length;
        if (format == ExportFormat.AddrInfo)
        {
            var info = new AddrInfoView(peer.ToString(), [.. addresses.Select(address => address.ToString())]);
            var json = JsonSerializer.Serialize(info, ViewsContext.Default.AddrInfoView);
            await _host.Out.WriteLineAsync(json.AsMemory(), cancellationToken);
            return;
        }

        foreach (var address in addresses)
        {
            var text = address.WithPeer(peer).ToString();
            var line = _asJson ? JsonSerializer.Serialize(text, ViewsContext.Default.String) : text;
            await _host.Out.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
    }

    // A host name may hold a line end or bytes that are not UTF-8: as a line it would be something else.
    private static bool ReadsBack(Multiaddr address)
    {
        var text = address.ToString();
        return TerminalText.IsPlain(text) && Multiaddr.TryParse(text, out var again) && again == address;
    }
}
