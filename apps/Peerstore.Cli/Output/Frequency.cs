namespace Peerstore.Cli.Output;

/// <summary>How often something is there.</summary>
/// <param name="Name">What.</param>
/// <param name="Count">How often.</param>
internal sealed record Frequency(string Name, long Count)
{
    /// <summary>Sorts counts, the greatest first and equal ones by name.</summary>
    /// <param name="counts">The counts.</param>
    public static IEnumerable<Frequency> Rank(IReadOnlyDictionary<string, long> counts) => counts
        .OrderByDescending(count => count.Value)
        .ThenBy(count => count.Key, StringComparer.Ordinal)
        .Select(count => new Frequency(count.Key, count.Value));
}
