using Libp2p.Peerstore.Testing;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Conformance;

/// <summary>The findings of <c>conformance</c> for a person: mismatches, the rules applied, one line of numbers.</summary>
internal static class ConformanceText
{
    /// <summary>Longer than a mismatch can be, whose texts are bounded by the runner; it is not cut once more.</summary>
    private const int MaxMismatchLength = 16_384;

    /// <summary>Writes what was not as wanted in one document.</summary>
    /// <param name="found">What the document showed.</param>
    /// <param name="report">Where to write.</param>
    public static void WriteMismatches(ConformanceReport found, IReport report)
    {
        foreach (var mismatch in found.Mismatches)
        {
            report.Line($"FAIL {mismatch}", MaxMismatchLength);
        }
    }

    /// <summary>Writes the sum of all documents.</summary>
    /// <param name="all">The sum.</param>
    /// <param name="report">Where to write.</param>
    public static void WriteSum(ConformanceReport all, IReport report)
    {
        WriteRules("Compared with the contract's answer instead of go-libp2p's:", all.Differences, report);
        WriteRules("Skipped:", all.Skips, report);
        report.Line($"{all.Passed} passed, {all.Failed} failed, {all.Skipped} skipped");
    }

    private static void WriteRules(string title, IReadOnlyList<ConformanceRuleCount> rules, IReport report)
    {
        if (rules.Count == 0)
        {
            return;
        }

        report.Line(title);
        foreach (var (rule, count) in rules)
        {
            report.Line($"  {count} by rule {rule.Id}: {rule.Reason}");
        }
    }
}
