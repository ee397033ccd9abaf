using System.Globalization;

namespace Peerstore.CrashHarness;

/// <summary>What is wrong with a soak, by what its processes said.</summary>
internal static class SoakVerdict
{
    private const int FewestForTrend = 2 * SoakRun.Lives;

    /// <summary>What is wrong with one life; empty where nothing is.</summary>
    public static IEnumerable<string> OfLife(SoakSample sample)
    {
        foreach (var fault in sample.Faults)
        {
            yield return fault;
        }

        if (sample.Wrong > 0)
        {
            yield return $"{sample.Wrong} answers were wrong";
        }

        if (sample.Lost > 0)
        {
            yield return $"{sample.Lost} acknowledged operations were lost by an orderly close";
        }
    }

    /// <summary>What grew from life to life; empty where nothing did, or where there were too few lives to tell.</summary>
    public static IEnumerable<string> OfTrend(IReadOnlyList<SoakSample> samples, SoakSettings settings) =>
    [
        .. OfTrend("Resident memory", [.. samples.Select(static sample => sample.Resident)], settings),
        .. OfTrend("The managed heap", [.. samples.Select(static sample => sample.Managed)], settings),
        .. OfTrend("The file", [.. samples.Select(static sample => sample.File)], settings),
        .. OfTrend("The log", [.. samples.Select(static sample => sample.Log)], settings),
    ];

    /// <summary>
    /// Growth from the first half of the lives after the warm-up to the second: each has as many first lives of a process as
    /// second ones.
    /// </summary>
    private static IEnumerable<string> OfTrend(string what, long[] values, SoakSettings settings)
    {
        var judged = values.AsSpan(Math.Min(settings.WarmUp, values.Length));
        if (judged.Length < FewestForTrend)
        {
            return [];
        }

        var half = judged.Length / (2 * SoakRun.Lives) * SoakRun.Lives;
        var (before, after) = (Mean(judged[..half]), Mean(judged[^half..]));
        return after <= before * (1 + settings.Tolerance)
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"{what} grew from {before / 1e6:0.0} to {after / 1e6:0.0} MB, by more than {settings.Tolerance:0 %}")];
    }

    private static double Mean(ReadOnlySpan<long> values)
    {
        var sum = 0L;
        foreach (var value in values)
        {
            sum += value;
        }

        return (double)sum / values.Length;
    }
}
