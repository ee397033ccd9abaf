using System.CommandLine;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Operations;
using Peerstore.Scorecard.Output;
using Peerstore.Scorecard.Records;

namespace Peerstore.Scorecard.Commands;

/// <summary><c>records</c>: what signed records cost.</summary>
internal sealed class RecordsCommand
{
    /// <summary>A verification takes as long as hundreds of look-ups.</summary>
    private const int UsualPicks = 20_000;
    private const int MaxSigners = 2_000;
    private readonly LineWriter _lines;
    private readonly Option<int?> _peers = CommonOptions.Peers();
    private readonly Option<double?> _seconds = CommonOptions.Seconds(
        "Timed seconds for each operation at most; 20,000 operations where none are given.");
    private readonly Option<StoreKind> _store = CommonOptions.Store();

    private RecordsCommand(ScorecardHost host) => _lines = new(host.Out);

    /// <summary>Makes the command.</summary>
    /// <param name="host">The process.</param>
    public static Command Create(ScorecardHost host)
    {
        var records = new RecordsCommand(host);
        var command = new Command("records", "Signed records, from the bytes of an envelope, beside verification alone.")
        {
            records._peers, records._seconds, records._store,
        };
        command.SetAction(records.RunAsync);
        return command;
    }

    private async Task RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var peers = arguments.GetValue(_peers) ?? CommonOptions.UsualPeers;
        var kind = arguments.GetValue(_store);
        var data = new WireData(seed: 1);
        _lines.Write(new MachineLine { Store = CommonOptions.NameOf(kind) });
        await using var open = await OpenStore.OpenAsync(kind);
        await new StoreLoader(open.Store, data).LoadAsync(0, peers);
        var samples = new RecordSamples(data, Math.Min(peers, MaxSigners));
        var length = RunLength.Of(arguments.GetValue(_seconds), UsualPicks);
        var meter = new OperationMeter(data, peers, new Floor(data, peers), length);
        var operations = new RecordOperations(open.Store, CertifiedOf(open.Store), samples);
        foreach (var operation in operations.Create())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (line, verificationNs) = await meter.MeasureAsync(operation, operations.Verification());
            _lines.Write(RecordLine.Of(line, verificationNs));
        }

        _lines.Write(RecordLine.Of(await meter.MeasureAsync(operations.Verification())));
    }

    private static ICertifiedAddressBook CertifiedOf(IPeerstore store) =>
        store.Addresses.TryGetCertified(out var certified)
            ? certified
            : throw new ScorecardException("The store takes no signed records.");
}
