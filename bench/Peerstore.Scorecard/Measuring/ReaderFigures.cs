using System.Diagnostics;

namespace Peerstore.Scorecard.Measuring;

/// <summary>What a thread that reads saw, in nanoseconds.</summary>
internal sealed record ReaderFigures
{
    /// <summary>Reads.</summary>
    public required long Count { get; init; }

    /// <summary>The mean.</summary>
    public required double MeanNs { get; init; }

    /// <summary>Half took no longer.</summary>
    public required long P50Ns { get; init; }

    /// <summary>99 of 100 took no longer.</summary>
    public required long P99Ns { get; init; }

    /// <summary>999 of 1,000 took no longer.</summary>
    public required long P999Ns { get; init; }

    /// <summary>The longest.</summary>
    public required long MaxNs { get; init; }

    /// <summary>The longest without the time that the thread was ready to run while others had the cores; nothing where the system does not say.</summary>
    public long? MaxWithoutWaitingNs { get; init; }

    /// <summary>The mean time that a core was at work for a read, the loop included.</summary>
    public double? RunningNs { get; init; }

    /// <summary>The mean time for a read that the thread was ready to run while others had the cores.</summary>
    public double? WaitingNs { get; init; }

    /// <summary>Reads them off a histogram in units of the stopwatch.</summary>
    /// <param name="reads">The histogram.</param>
    public static ReaderFigures Of(LatencyHistogram reads) => new()
    {
        Count = reads.Count,
        MeanNs = Statistics.Rounded(reads.Mean * TickNs),
        P50Ns = Nanoseconds(reads.Quantile(0.5)),
        P99Ns = Nanoseconds(reads.Quantile(0.99)),
        P999Ns = Nanoseconds(reads.Quantile(0.999)),
        MaxNs = Nanoseconds(reads.Max),
    };

    private static double TickNs => 1e9 / Stopwatch.Frequency;

    private static long Nanoseconds(long ticks) => (long)(ticks * TickNs);
}
