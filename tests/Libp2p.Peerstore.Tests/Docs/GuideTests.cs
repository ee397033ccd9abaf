using System.Text.RegularExpressions;

namespace Libp2p.Peerstore.Tests;

public partial class GuideTests
{
    public static TheoryData<string> Pages { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "guide"), "*.md").Order(StringComparer.Ordinal).Select(static file => Path.GetFileName(file)),
    ];

    [Theory, MemberData(nameof(Pages))]
    public void Every_sample_of_the_guide_is_code_that_is_run(string page)
    {
        var samples = Blocks().Matches(Repository.Read(Path.Combine("docs", "guide", page))).Select(static block => block.Groups["code"].Value);
        Assert.All(samples, static sample => Assert.Contains(sample, Regions.Values));
    }

    [Fact]
    public void Every_sample_that_is_run_stands_in_the_guide()
    {
        var pages = string.Concat(Pages.Select(static page => Repository.Read(Path.Combine("docs", "guide", page.Data))));
        Assert.All(Regions, region => Assert.Contains($"```csharp\n{region.Value}```", pages, StringComparison.Ordinal));
    }

    [Fact]
    public void The_guide_has_a_page_for_each_book_and_one_on_lifetimes()
    {
        string[] wanted = ["addresses.md", "keys.md", "lifetimes.md", "metadata.md", "metrics.md", "protocols.md", "signed-records.md"];
        Assert.Subset(Pages.Select(static page => page.Data).ToHashSet(StringComparer.Ordinal), wanted.ToHashSet(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Regions { get; } = Repository.Sources(Path.Combine("tests", "Libp2p.Peerstore.Tests"))
        .SelectMany(static file => RegionPattern().Matches(Repository.Read(file)))
        .ToDictionary(static region => region.Groups["name"].Value, static region => Dedent(region.Groups["code"].Value), StringComparer.Ordinal);

    private static string Dedent(string code)
    {
        var indent = code.Length - code.TrimStart(' ').Length;
        return string.Concat(code.TrimEnd('\n').Split('\n').Select(line => (line.Length < indent ? line : line[indent..]) + "\n"));
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^ *#region (?<name>[\w-]+)\n(?<code>.*?)^ *#endregion", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex RegionPattern();
}
