using Libp2p.Peerstore.Testing;

namespace Peerstore.Cli.Commands;

/// <summary>Mismatches as they are found, then the rules that were applied, then one line of numbers.</summary>
internal sealed class ConformanceTextReport(TextWriter output) : IConformanceReport
{
    /// <inheritdoc/>
    public void Add(ConformanceReport report)
    {
        foreach (var mismatch in report.Mismatches)
        {
            output.WriteLine($"FAIL {mismatch}");
        }
    }

    /// <inheritdoc/>
    public void End(ConformanceReport all)
    {
        WriteRules("Compared with the contract's answer instead of go-libp2p's:", all.Differences);
        WriteRules("Skipped:", all.Skips);
        output.WriteLine($"{all.Passed} passed, {all.Failed} failed, {all.Skipped} skipped");
    }

    private void WriteRules(string title, IReadOnlyList<ConformanceRuleCount> rules)
    {
        if (rules.Count == 0)
        {
            return;
        }

        output.WriteLine(title);
        foreach (var (rule, count) in rules)
        {
            output.WriteLine($"  {count} by rule {rule.Id}: {rule.Reason}");
        }
    }
}
