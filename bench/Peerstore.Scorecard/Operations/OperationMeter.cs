using System.Diagnostics;
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
    private const int WalkedCalls = 1_024;

    /// <summary>Measures.</summary>
    /// <param name="operation">What.</param>
    public async ValueTask<OperationLine> MeasureAsync(Operation operation) =>
        (await MeasureAsync(operation, beside: null)).Line;

    /// <summary>Measures, round by round, another operation as well: what this one is compared with.</summary>
    /// <param name="operation">What.</param>
    /// <param name="beside">The other.</param>
    /// <returns>The operation, and the nanoseconds of the other.</returns>
    public async ValueTask<(OperationLine Line, double? BesideNs)> MeasureAsync(Operation operation, Operation? beside)
    {
        var round = await StartAsync(operation);
        var other = beside is null ? null : await StartAsync(beside);
        List<RoundResult> results = [];
        List<double> floors = [];
        List<double> others = [];
        for (var i = 0; i < length.Rounds; i++)
        {
            floors.Add(floor.Measure());
            results.Add(await round.RunAsync(length.IsOver));
            if (other is not null)
            {
                others.Add((await other.RunAsync(length.IsOver)).NsPerOp);
            }
        }

        var objects = await round.CountObjectsAsync(WalkedCalls);
        if (operation.TearDownAsync is { } tearDown)
        {
            await tearDown();
        }

        var line = ToLine(operation, results, Statistics.Median(floors)) with
        {
            AllocsPerOp = objects is { } number ? Math.Round(number, 2) : null,
        };
        return (line, other is null ? null : Statistics.Rounded(Statistics.Median(others)));
    }

    private OperationLine ToLine(Operation operation, IReadOnlyList<RoundResult> results, double floorNs)
    {
        var ns = Statistics.Median(results.Select(static result => result.NsPerOp));
        return new()
        {
            Op = operation.Name,
            NsPerOp = Statistics.Rounded(ns),
            BytesPerOp = Statistics.Rounded(Statistics.Median(results.Select(static result => result.BytesPerOp))),
            Peers = peers,
            FloorNs = Statistics.Rounded(floorNs),
            Ratio = Statistics.Rounded(ns / floorNs),
        };
    }

    private async ValueTask<OperationRound> StartAsync(Operation operation)
    {
        if (operation.SetUpAsync is { } setUp)
        {
            await setUp();
        }

        var count = operation.Peers ?? peers;
        var batch = new OperationBatch(Math.Min(operation.BatchSize, count));
        var round = new OperationRound(operation, new PickList(count, seed: 2), operation.Ids ?? data.Id, batch);
        var begin = Stopwatch.GetTimestamp();
        await round.RunAsync((picks, _) => picks > 0 && Stopwatch.GetElapsedTime(begin) >= length.WarmUp);
        return round;
    }
}
