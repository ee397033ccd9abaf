using System.CommandLine;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Memory;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>memory</c>: what a full store takes.</summary>
internal sealed class MemoryCommand
{
    private const double UsualSeconds = 5;
    private static readonly int[] UsualPeers = [100_000, 1_000_000, 10_000_000];
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers("100000, 1000000 and 10000000, one after the other,");
    private readonly Option<double?> _seconds = CommonOptions.Seconds("Seconds of refreshing; 5 where none are given.");
    private readonly Option<StoreKind> _store = CommonOptions.Store();

    private MemoryCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var memory = new MemoryCommand(host);
        var command = new Command("memory", "Bytes per peer, and the garbage collector while loading and refreshing.")
        {
            memory._peers, memory._seconds, memory._store,
        };
        command.SetAction(memory.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var kind = arguments.GetValue(_store);
        var run = new MemoryRun(kind, TimeSpan.FromSeconds(arguments.GetValue(_seconds) ?? UsualSeconds));
        _lines.Write(new MachineLine { Store = CommonOptions.NameOf(kind) });
        foreach (var peers in arguments.GetValue(_peers) is { } one ? [one] : UsualPeers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _lines.Write(await run.MeasureAsync(peers));
        }
    }
}
