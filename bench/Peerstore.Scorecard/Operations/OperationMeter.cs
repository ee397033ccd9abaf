using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Operations;

/// <summary>Measures one operation: time, bytes and objects, and the floor beside it.</summary>
/// <param name="data">The peers.</param>
/// <param name="peers">How many the store holds.</param>
/// <param name="floor">The floor.</param>
/// <param name="length">How long.</param>
internal sealed class OperationMeter(WireData data, int peers, Floor floor, RunLength length)
{
    private const int WalkedCalls = 256;

    /// <summary>Measures.</summary>
    /// <param name="operation">What.</param>
    public async ValueTask<OperationLine> MeasureAsync(Operation operation)
    {
        if (operation.SetUpAsync is { } setUp)
        {
            await setUp();
        }

        var count = operation.Peers ?? peers;
        var picks = new PickList(count, seed: 2);
        var batch = new OperationBatch(Math.Min(operation.BatchSize, count));
        var round = new OperationRound(operation, picks, operation.Ids ?? data.Id, batch);
        await round.RunAsync((_, seconds) => seconds >= length.WarmUpSeconds);
        List<RoundResult> results = [];
        List<double> floors = [];
        for (var i = 0; i < length.Rounds; i++)
        {
            floors.Add(floor.Measure());
            results.Add(await round.RunAsync(length.IsOver));
        }

        var ns = Statistics.Median(results.Select(static result => result.NsPerOp));
        var floorNs = Statistics.Median(floors);
        return new()
        {
            Op = operation.Name,
            NsPerOp = Statistics.Rounded(ns),
            BytesPerOp = Statistics.Rounded(Statistics.Median(results.Select(static result => result.BytesPerOp))),
            AllocsPerOp = await round.CountObjectsAsync(WalkedCalls) is { } objects ? Math.Round(objects, 2) : null,
            Peers = peers,
            FloorNs = Statistics.Rounded(floorNs),
            Ratio = Statistics.Rounded(ns / floorNs),
        };
    }
}
