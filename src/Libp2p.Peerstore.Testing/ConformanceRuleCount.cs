namespace Libp2p.Peerstore.Testing;

/// <summary>A rule and how often it was applied.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Count">How many answers it was applied to.</param>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed record ConformanceRuleCount(ConformanceRule Rule, int Count);
