namespace Libp2p.Peerstore.Tests;

public class ReadmeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_code_in_the_readme_is_the_quick_start_that_is_compiled()
    {
        var readme = await ReadAsync("README.md");
        var code = readme.Split("```csharp\n")[1].Split("```")[0];
        Assert.Equal(await ReadAsync("QuickStart.cs"), code);
    }

    [Fact]
    public async Task The_readme_stays_short()
    {
        var lines = (await ReadAsync("README.md")).Split('\n').Length;
        Assert.InRange(lines, 40, 120);
    }

    private static async Task<string> ReadAsync(string name)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", name), Token);
        return text.ReplaceLineEndings("\n");
    }
}
