using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Commands;

/// <summary><c>peerstore list</c>: the peers, one a line.</summary>
internal sealed class ListCommand
{
    private const int AgentCharacters = 40;
    private readonly CliHost _host;
    private readonly StoreOptions _store = new();
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many peers to list at most.",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
        CustomParser = ParseLimit,
    };

    private ListCommand(CliHost host) => _host = host;

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(CliHost host)
    {
        var list = new ListCommand(host);
        var command = new Command("list", "List the peers.") { list._store.Db, list._store.PassphraseFile, list._limit, list._json };
        command.SetAction(list.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var limit = arguments.GetRequiredValue(_limit);
        await using IPeerstore store = await StoreFile.OpenAsync(
            _store.Read(arguments, _host), create: false, _host, cancellationToken);
        var peers = await StoreFile.ListPeersAsync(store, cancellationToken);
        var lines = new List<PeerLine>();
        foreach (var peer in peers.Take(limit))
        {
            lines.Add(await ReadAsync(store, peer, cancellationToken));
        }

        var list = new PeerList(lines, peers.Count);
        Report.Answer(_host, arguments.GetValue(_json), list, ViewsContext.Default.PeerList, Write);
        return ExitCode.Fine;
    }

    private static int ParseLimit(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit);
        if (isNumber && limit > 0)
        {
            return limit;
        }

        argument.AddError($"'{text}' is not a limit: write a whole number from 1 on.");
        return 0;
    }

    private static async Task<PeerLine> ReadAsync(IPeerstore store, PeerId peer, CancellationToken cancellationToken)
    {
        var addresses = await store.Addresses.GetAsync(peer, cancellationToken);
        var protocols = await store.Protocols.GetAsync(peer, cancellationToken);
        var agent =
            await store.Metadata.TryGetAsync<string>(peer, MetadataKeys.AgentVersion, cancellationToken);
        var text = agent.Found ? agent.Value : null;
        return new PeerLine(peer.ToString(), addresses.Count, protocols.Count, text);
    }

    private static void Write(PeerList list, IReport report)
    {
        // Short headings: beside an ID of 52 characters there is little room.
        var rows = new TextTable("Peers", ["peer", "addr", "prot", "agent"], [.. list.Peers.Select(Row)]);
        report.Table(rows with { LastWraps = true });
        var more = list.Total - list.Peers.Count;
        report.Line(more > 0 ? $"and {more} more; --limit N lists more of them" : $"{list.Total} peers");
    }

    private static string[] Row(PeerLine line)
    {
        var agent = TerminalText.Clean(line.AgentVersion ?? "", AgentCharacters);
        return [line.Peer, $"{line.Addresses}", $"{line.Protocols}", agent];
    }
}
