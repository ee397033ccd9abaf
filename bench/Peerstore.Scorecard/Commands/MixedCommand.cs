using System.CommandLine;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Mixed;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>mixed</c>: several threads that read and write.</summary>
internal sealed class MixedCommand
{
    private const double UsualSeconds = 5;
    private const int SmallestShare = 4 * MixedPlan.ConnectedShare;
    private static readonly int[] UsualThreads = [1, 2, 4, 8];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers();
    private readonly Option<int?> _threads = CommonOptions.Threads();
    private readonly Option<double?> _seconds = CommonOptions.Seconds("Seconds for each number of threads; 5 where none are given.");
    private readonly Option<StoreKind> _store = CommonOptions.Store();

    private MixedCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var mixed = new MixedCommand(host);
        var command = new Command("mixed", "80 % reads, 10 % refreshes, 5 % questions for protocols, 5 % updates of lifetimes.")
        {
            mixed._peers, mixed._threads, mixed._seconds, mixed._store,
        };
        command.SetAction(mixed.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var peers = arguments.GetValue(_peers) ?? CommonOptions.UsualPeers;
        var threads = arguments.GetValue(_threads) is { } one ? [one] : UsualThreads;
        if (peers < threads[^1] * SmallestShare)
        {
            throw new ScorecardException($"{threads[^1]} threads need at least {threads[^1] * SmallestShare} peers.");
        }

        var duration = TimeSpan.FromSeconds(arguments.GetValue(_seconds) ?? UsualSeconds);
        var kind = arguments.GetValue(_store);
        var data = new WireData(seed: 1);
        _lines.Write(new MachineLine { Store = CommonOptions.NameOf(kind) });
        await using var open = await OpenStore.OpenAsync(kind);
        await new StoreLoader(open.Store, data).LoadAsync(0, peers);
        var run = new MixedRun(open.Store, new MixedPlan(data, peers), new Floor(data, peers));
        _ = await run.MeasureAsync(threads[0], duration < WarmUp ? duration : WarmUp);
        foreach (var number in threads)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _lines.Write(await run.MeasureAsync(number, duration));
        }
    }
}
