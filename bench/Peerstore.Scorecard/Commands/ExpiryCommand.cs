using System.CommandLine;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Expiry;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>expiry</c>: many addresses expire at once.</summary>
internal sealed class ExpiryCommand
{
    private const int UsualPeers = 200_000;
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers($"{UsualPeers}");
    private readonly Option<StoreKind> _store = CommonOptions.Store();

    private ExpiryCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var expiry = new ExpiryCommand(host);
        var command = new Command("expiry", "All addresses of many peers expire at once and are swept, while a thread reads.")
        {
            expiry._peers, expiry._store,
        };
        command.SetAction(expiry.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var kind = arguments.GetValue(_store);
        cancellationToken.ThrowIfCancellationRequested();
        _lines.Write(new MachineLine { Store = CommonOptions.NameOf(kind) });
        _lines.Write(await new ExpiryRun(kind).MeasureAsync(arguments.GetValue(_peers) ?? UsualPeers));
    }
}
