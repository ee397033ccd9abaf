using System.Diagnostics;
using Libp2p;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;

namespace Peerstore.Scorecard.Operations;

/// <summary>Runs an operation batch by batch, and times nothing but the operation.</summary>
/// <param name="operation">The operation.</param>
/// <param name="picks">Which peers.</param>
/// <param name="ids">Their IDs.</param>
/// <param name="batch">Where each batch is put together.</param>
internal sealed class OperationRound(Operation operation, PickList picks, Func<int, PeerId> ids, OperationBatch batch)
{
    /// <summary>Runs until it is told that it is enough.</summary>
    /// <param name="isOver">Told the picks and the timed seconds so far.</param>
    public async ValueTask<RoundResult> RunAsync(Func<int, double, bool> isOver)
    {
        var (done, seconds, bytes) = (0, 0.0, 0L);
        while (!isOver(done, seconds))
        {
            await PrepareAsync();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var wrong = await operation.RunAsync(batch, 0, batch.Count);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
            done += batch.Count;
            await SettleAsync(wrong);
        }

        return new(seconds * 1e9 / done, (double)bytes / done);
    }

    /// <summary>Counts the objects of one call.</summary>
    /// <param name="calls">Calls to average over, at most a batch.</param>
    public async ValueTask<double?> CountObjectsAsync(int calls)
    {
        await PrepareAsync();
        var (made, wrong) = (0, 0);
        var objects = AllocationWalk.Count(Math.Min(calls, batch.Count), i =>
        {
            var run = operation.RunAsync(batch, i, i + 1);
            wrong += run.IsCompletedSuccessfully ? run.Result : 1;
            made = i + 1;
        });

        // Settling expects the whole batch to have been done.
        wrong += await operation.RunAsync(batch, made, batch.Count);
        await SettleAsync(wrong);
        return objects;
    }

    private async ValueTask PrepareAsync()
    {
        picks.Take(batch.Numbers);
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Ids[i] = ids(batch.Numbers[i]);
        }

        if (operation.PrepareAsync is { } prepare)
        {
            await prepare(batch);
        }
    }

    private async ValueTask SettleAsync(int wrong)
    {
        wrong += operation.SettleAsync is { } settle ? await settle(batch) : 0;
        WrongAnswerException.ThrowIfAny(operation.Name, wrong);
    }
}
