using Libp2p.Peerstore.Testing;

namespace Peerstore.Cli.Conformance;

/// <summary>A rule of the conformance runner as it is shown.</summary>
/// <param name="Rule">Its name.</param>
/// <param name="Reason">Why there is such a rule.</param>
/// <param name="Count">How many answers it was applied to.</param>
internal sealed record RuleView(string Rule, string Reason, int Count)
{
    /// <summary>Makes the view of a rule.</summary>
    /// <param name="count">The rule and how often it was applied.</param>
    public static RuleView From(ConformanceRuleCount count) => new(count.Rule.Id, count.Rule.Reason, count.Count);
}
