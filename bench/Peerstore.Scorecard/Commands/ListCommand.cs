using System.CommandLine;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Listing;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>list</c>: enumerates all peers.</summary>
internal sealed class ListCommand
{
    private const int UsualPeers = 1_000_000;
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers($"{UsualPeers}");
    private readonly Option<StoreKind> _store = CommonOptions.Store();

    private ListCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var list = new ListCommand(host);
        var command = new Command("list", "Enumerates all peers.") { list._peers, list._store };
        command.SetAction(list.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var kind = arguments.GetValue(_store);
        cancellationToken.ThrowIfCancellationRequested();
        _lines.Write(new MachineLine { Store = CommonOptions.NameOf(kind) });
        await new ListRun(kind).MeasureAsync(arguments.GetValue(_peers) ?? UsualPeers, _lines);
    }
}
