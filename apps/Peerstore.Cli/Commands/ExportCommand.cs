using System.CommandLine;
using System.Text.Json;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore export</c>: writes the peers for other programs.</summary>
internal sealed class ExportCommand
{
    private const string Jsonl = "jsonl";
    private const string AddrInfo = "addrinfo";
    private const string Multiaddrs = "multiaddrs";
    private readonly CliHost _host;
    private readonly Option<string> _db = CommonOptions.Db();
    private readonly Option<bool> _json = CommonOptions.Json(
        " jsonl and addrinfo are JSON anyway; multiaddrs become JSON texts.");
    private readonly Option<string> _format = new("--format")
    {
        Description = "jsonl: all that is known; addrinfo: go-libp2p's AddrInfo; multiaddrs: addresses with /p2p/ID.",
        HelpName = $"{Jsonl}|{AddrInfo}|{Multiaddrs}",
        DefaultValueFactory = _ => Jsonl,
    };

    private bool _asJson;
    private int _leftOut;

    private ExportCommand(CliHost host)
    {
        _host = host;
        _format.Validators.Add(result => CommonOptions.RefuseOthers(result, "a format", Jsonl, AddrInfo, Multiaddrs));
    }

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

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var format = arguments.GetRequiredValue(_format);
        var isLine = string.Equals(format, Multiaddrs, StringComparison.Ordinal);
        _asJson = arguments.GetValue(_json);
        await using IPeerstore store = await StoreFile.OpenAsync(
            arguments.GetRequiredValue(_db), create: false, _host, cancellationToken);
        foreach (var peer in await StoreFile.ListPeersAsync(store, cancellationToken))
        {
            if (string.Equals(format, Jsonl, StringComparison.Ordinal))
            {
                await WriteAllAsync(store, peer, cancellationToken);
            }
            else
            {
                await WriteAddressesAsync(store, peer, isLine, cancellationToken);
            }
        }

        if (_leftOut > 0)
        {
            _host.Error.WriteLine($"{_leftOut} addresses were left out: as lines they would be read as others.");
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
        IPeerstore store, PeerId peer, bool isLine, CancellationToken cancellationToken)
    {
        var all = await store.Addresses.GetAsync(peer, cancellationToken);
        string[] texts = [.. all.Select(address => Write(address, peer, isLine)).OfType<string>()];
        _leftOut += all.Count - texts.Length;
        if (!isLine)
        {
            var info = new AddrInfoView(peer.ToString(), texts);
            var json = JsonSerializer.Serialize(info, ViewsContext.Default.AddrInfoView);
            await _host.Out.WriteLineAsync(json.AsMemory(), cancellationToken);
            return;
        }

        foreach (var text in texts)
        {
            var line = _asJson ? JsonSerializer.Serialize(text, ViewsContext.Default.String) : text;
            await _host.Out.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
    }

    // A host name may hold a line end or bytes that are not UTF-8, and behind a path even /p2p/ID is a part of the path:
    // what is not read back as the same address of the same peer would be something else.
    private static string? Write(Multiaddr address, PeerId peer, bool withPeer)
    {
        var text = withPeer ? $"{address}/p2p/{peer}" : address.ToString();
        if (!TerminalText.IsPlain(text) || !Multiaddr.TryParse(text, out var read))
        {
            return null;
        }

        if (!withPeer)
        {
            return read == address ? text : null;
        }

        return read.TrySplitPeer(out var transport, out var named) && transport == address && named == peer ? text : null;
    }
}
