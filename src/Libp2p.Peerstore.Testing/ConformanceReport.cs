namespace Libp2p.Peerstore.Testing;

/// <summary>What a run of documents found.</summary>
/// <remarks>
/// One check is one answer: a step of a scenario that has one, an item of a list of values with all its forms, or the
/// table of protocols. Immutable; safe to share between threads.
/// </remarks>
public sealed record ConformanceReport
{
    /// <summary>A report of nothing.</summary>
    public static ConformanceReport Empty { get; } = new();

    /// <summary>How many answers were as wanted.</summary>
    public int Passed { get; init; }

    /// <summary>How many were not.</summary>
    public int Failed => Mismatches.Count;

    /// <summary>How many were not compared with the document's, each by a rule.</summary>
    public int Skipped => Skips.Sum(static skip => skip.Count);

    /// <summary>The answers that were not as wanted, in the order of the documents.</summary>
    public IReadOnlyList<ConformanceMismatch> Mismatches { get; init; } = [];

    /// <summary>The rules by which answers were skipped, sorted by their names.</summary>
    public IReadOnlyList<ConformanceRuleCount> Skips { get; init; } = [];

    /// <summary>
    /// The rules by which answers were compared with the contract's answer instead of go-libp2p's, sorted by their
    /// names. Those answers are counted as passed or failed like any other.
    /// </summary>
    public IReadOnlyList<ConformanceRuleCount> Differences { get; init; } = [];

    /// <summary>Joins reports.</summary>
    /// <param name="reports">The reports, in the order in which their mismatches are to stand.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reports"/> is null.</exception>
    public static ConformanceReport Join(IEnumerable<ConformanceReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var all = reports.ToList();
        return new ConformanceReport
        {
            Passed = all.Sum(static report => report.Passed),
            Mismatches = [.. all.SelectMany(static report => report.Mismatches)],
            Skips = Total(all.SelectMany(static report => report.Skips)),
            Differences = Total(all.SelectMany(static report => report.Differences)),
        };
    }

    private static List<ConformanceRuleCount> Total(IEnumerable<ConformanceRuleCount> counts) =>
    [
        .. counts
            .GroupBy(static count => count.Rule)
            .Select(static rule => new ConformanceRuleCount(rule.Key, rule.Sum(static count => count.Count)))
            .OrderBy(static count => count.Rule.Id, StringComparer.Ordinal),
    ];
}
