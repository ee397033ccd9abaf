using System.CommandLine;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Output;
using Peerstore.Scorecard.Shrinking;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>shrink</c>: what is given back after a burst.</summary>
internal sealed class ShrinkCommand
{
    private const int UsualPeers = 1_000_000;
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers($"{UsualPeers}");
    private readonly Option<StoreKind> _store = CommonOptions.Store();

    private ShrinkCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var shrink = new ShrinkCommand(host);
        var command = new Command("shrink", "Memory before, during and after a burst of peers that expires among a tenth as many that stay.")
        {
            shrink._peers, shrink._store,
        };
        command.SetAction(shrink.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var kind = arguments.GetValue(_store);
        cancellationToken.ThrowIfCancellationRequested();
        _lines.Write(new MachineLine { Store = CommonOptions.NameOf(kind) });
        _lines.Write(await new ShrinkRun(kind).MeasureAsync(arguments.GetValue(_peers) ?? UsualPeers));
    }
}
