using System.Diagnostics;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Mixed;

/// <summary>Lets several threads work on one store.</summary>
/// <param name="store">The store, filled.</param>
/// <param name="plan">What the threads share.</param>
/// <param name="floor">The floor.</param>
internal sealed class MixedRun(IPeerstore store, MixedPlan plan, Floor floor)
{
    /// <summary>Measures.</summary>
    /// <param name="threads">How many threads.</param>
    /// <param name="duration">How long.</param>
    public async ValueTask<MixedLine> MeasureAsync(int threads, TimeSpan duration)
    {
        var floorNs = floor.MeasureThoroughly();
        MixedWorker[] workers = [.. Enumerable.Range(0, threads).Select(thread => new MixedWorker(store, plan, thread, threads))];
        foreach (var worker in workers)
        {
            await worker.PrepareAsync();
        }

        var gc = new GcWatch();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(workers.Select(worker => StartThread(worker, end)));
        var gcFigures = gc.Read();
        foreach (var worker in workers)
        {
            await worker.SettleAsync();
        }

        WrongAnswerException.ThrowIfAny("mixed", workers.Sum(static worker => worker.Wrong));
        var seconds = Stopwatch.GetElapsedTime(start, workers.Max(static worker => worker.EndedAt)).TotalSeconds;
        return ToLine(workers, workers.Sum(static worker => worker.Done) / seconds, gcFigures, floorNs);
    }

    private MixedLine ToLine(MixedWorker[] workers, double opsPerSecond, GcFigures gc, double floorNs)
    {
        var reads = new LatencyHistogram();
        Array.ForEach(workers, worker => reads.Merge(worker.Reads));
        var figures = ReaderFigures.Of(reads);
        var busyCores = Math.Min(workers.Length, Environment.ProcessorCount);
        return new()
        {
            Threads = workers.Length,
            Peers = plan.Peers,
            OpsPerSecond = Math.Round(opsPerSecond),
            ReadP50Ns = figures.P50Ns,
            ReadP99Ns = figures.P99Ns,
            ReadP999Ns = figures.P999Ns,
            ReadMaxNs = figures.MaxNs,
            Gc = gc,
            FloorNs = Statistics.Rounded(floorNs),
            Ratio = Statistics.Rounded(1e9 * busyCores / opsPerSecond / floorNs),
        };
    }

    // A store in memory completes synchronously, so that a worker never leaves the thread that is made for it here.
    private static Task StartThread(MixedWorker worker, long end) => Task.Factory.StartNew(
        () => worker.RunAsync(end),
        CancellationToken.None,
        TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
        TaskScheduler.Default).Unwrap();
}
