using System.Text.RegularExpressions;

namespace Libp2p.Peerstore.Tests;

/// <summary>What a random test prints replays it.</summary>
public partial class SeededTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("7")]
    [InlineData("-2147483648")]
    public void What_is_printed_is_the_seed_that_replays(string? given)
    {
        var first = new Printed();
        var seed = Seeded.Seed(given, first);
        var printed = Assert.Single(first.Lines).Split('=');
        Assert.Equal($"Replay with {Seeded.Variable}", printed[0]);

        var second = new Printed();
        Assert.Equal(seed, Seeded.Seed(printed[1], second));

        Assert.Equal(first.Lines, second.Lines);
        Assert.True(given is null || string.Equals(given, printed[1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("seven")]
    [InlineData("99999999999")]
    public void What_is_no_seed_fails_the_test(string given) =>
        Assert.ThrowsAny<Exception>(() => Seeded.Seed(given, output: null));

    [Fact]
    public void No_test_has_a_seed_of_its_own()
    {
        var tests = Path.Combine(Repository.Root, "tests", "Libp2p.Peerstore.Tests");
        var drawing = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(static file => Drawn().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);

        Assert.Equal(["Seeded.cs"], drawing);
    }

    [GeneratedRegex(@"Environment\.TickCount", RegexOptions.None, 1000)]
    private static partial Regex Drawn();

    private sealed class Printed : ITestOutputHelper
    {
        public List<string> Lines { get; } = [];

        public string Output => string.Join('\n', Lines);

        public void Write(string message) => throw new NotSupportedException();

        public void Write(string format, params object[] args) => throw new NotSupportedException();

        public void WriteLine(string message) => Lines.Add(message);

        public void WriteLine(string format, params object[] args) => throw new NotSupportedException();
    }
}
