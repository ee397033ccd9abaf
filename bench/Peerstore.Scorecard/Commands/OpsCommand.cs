using System.CommandLine;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Operations;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>ops</c>: what each operation costs.</summary>
internal sealed class OpsCommand
{
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers();
    private readonly Option<double?> _seconds = CommonOptions.Seconds(
        "Timed seconds for each operation at most; a million operations where none are given.");
    private readonly Option<StoreKind> _store = CommonOptions.Store();
    private readonly Option<string[]> _op = new("--op")
    {
        Description = "Only the operations of these names.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private OpsCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var ops = new OpsCommand(host);
        var command = new Command("ops", "What each operation costs, alone on one thread.")
        {
            ops._peers, ops._seconds, ops._store, ops._op,
        };
        command.SetAction(ops.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var peers = arguments.GetValue(_peers) ?? CommonOptions.UsualPeers;
        var kind = arguments.GetValue(_store);
        var data = new WireData(seed: 1);
        await using var open = await OpenStore.OpenAsync(kind);
        var operations = Choose(
            OperationCatalogue.Create(open.Store, data, peers), arguments.GetValue(_op) ?? []);
        _lines.Write(new MachineLine { Store = CommonOptions.NameOf(kind) });
        await new StoreLoader(open.Store, data).LoadAsync(0, peers);
        var floor = new Floor(data, peers);
        _lines.Write(new FloorLine { NsPerOp = Statistics.Rounded(floor.MeasureThoroughly()), Peers = peers });
        var meter = new OperationMeter(data, peers, floor, RunLength.Of(arguments.GetValue(_seconds)));
        foreach (var operation in operations)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _lines.Write(await meter.MeasureAsync(operation));
        }
    }

    private static IReadOnlyList<Operation> Choose(IReadOnlyList<Operation> all, string[] names)
    {
        if (names.FirstOrDefault(name => !all.Any(operation => Is(operation, name))) is { } unknown)
        {
            throw new ScorecardException($"There is no operation '{unknown}'.");
        }

        return names.Length == 0 ? all : [.. all.Where(operation => names.Any(name => Is(operation, name)))];
    }

    private static bool Is(Operation operation, string name) =>
        string.Equals(operation.Name, name, StringComparison.OrdinalIgnoreCase);
}
