using Libp2p.Peerstore.Testing;

namespace Peerstore.Cli.Conformance;

/// <summary>The findings of <c>conformance</c> as one JSON object.</summary>
internal sealed record ConformanceView
{
    /// <summary>How many answers were as wanted.</summary>
    public required int Passed { get; init; }

    /// <summary>How many were not.</summary>
    public required int Failed { get; init; }

    /// <summary>How many were not compared.</summary>
    public required int Skipped { get; init; }

    /// <summary>The answers that were not as wanted.</summary>
    public required IReadOnlyList<ConformanceMismatch> Mismatches { get; init; }

    /// <summary>The rules by which answers were not compared.</summary>
    public required IReadOnlyList<RuleView> Skips { get; init; }

    /// <summary>The rules by which answers were compared with the contract's instead of go-libp2p's.</summary>
    public required IReadOnlyList<RuleView> Differences { get; init; }

    /// <summary>Makes the view of a report.</summary>
    /// <param name="report">The report.</param>
    public static ConformanceView From(ConformanceReport report) => new()
    {
        Passed = report.Passed,
        Failed = report.Failed,
        Skipped = report.Skipped,
        Mismatches = report.Mismatches,
        Skips = [.. report.Skips.Select(RuleView.From)],
        Differences = [.. report.Differences.Select(RuleView.From)],
    };
}
