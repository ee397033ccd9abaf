using System.Text.RegularExpressions;

namespace Libp2p.Peerstore.Tests;

public partial class BannedApiTests
{
    [Fact]
    public void Nothing_in_src_asks_the_system_for_time_or_chance()
    {
        var found =
            from file in Repository.Sources("src")
            from match in Banned().Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Repository.Root, file)}: {match.Value}";
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("await Task.Delay(100);")]
    [InlineData("Thread.Sleep(1)")]
    [InlineData("Random.Shared.Next()")]
    [InlineData("Stopwatch.StartNew()")]
    public void The_list_of_what_is_banned_finds_it(string code) => Assert.Matches(Banned(), code);

    [GeneratedRegex(
        @"\b(DateTime(Offset)?\.(Utc)?Now|Environment\.TickCount(64)?|Stopwatch\.\w+|Thread\.Sleep|Task\.Delay|Random\.Shared|new Random\()",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Banned();
}
