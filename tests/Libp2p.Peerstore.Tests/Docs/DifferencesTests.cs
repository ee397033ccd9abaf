using System.Reflection;
using System.Text.RegularExpressions;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary><c>docs/differences-from-go.md</c>: a section each, with a last line of vectors and tests that show it.</summary>
public partial class DifferencesTests
{
    public static TheoryData<string> Rules { get; } =
    [
        .. RulesOf(typeof(DifferenceRules)).Concat(RulesOf(typeof(SkipRules))).Select(static rule => rule.Id),
    ];

    private static Dictionary<string, string> Sections { get; } = Repository.Read("docs/differences-from-go.md")
        .Split("\n### ")[1..]
        .Select(static section => section.Split("\n## ")[0].Split('\n', 2))
        .ToDictionary(static section => section[0].Trim('`'), static section => section[1].Trim(), StringComparer.Ordinal);

    [Theory, MemberData(nameof(Rules))]
    public async Task Every_rule_has_its_reason_and_a_vector_to_which_it_is_applied(string rule)
    {
        var section = Assert.Contains(rule, Sections);
        foreach (Match vector in Vectors().Matches(section))
        {
            var report = await ConformanceStores.InMemory.RunAsync(
                VectorFolder.Read(vector.Groups["folder"].Value, vector.Groups["name"].Value), TestContext.Current.CancellationToken);
            Assert.Contains(report.Differences.Concat(report.Skips), count => string.Equals(count.Rule.Id, rule, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_section_ends_in_what_shows_it() => Assert.All(Sections, static section =>
    {
        var shown = section.Value.Split('\n')[^1];
        Assert.StartsWith("Shown by ", shown, StringComparison.Ordinal);
        var names = Names().Matches(shown).Select(static name => name.Groups["name"].Value).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, static name => Assert.True(
            TestNames.All.Contains(name) || File.Exists(Path.Combine(Repository.Root, "tests", "vectors", name)), name));
    });

    private static IEnumerable<ConformanceRule> RulesOf(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public).Select(static field => field.GetValue(obj: null)).OfType<ConformanceRule>();

    [GeneratedRegex(@"`(?<folder>scenarios|random|quirks|values)/(?<name>[\w-]+)\.json`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Vectors();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Names();
}
