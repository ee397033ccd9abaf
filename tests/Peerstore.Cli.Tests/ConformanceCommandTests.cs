using System.CommandLine;
using System.Text.Json;
using Peerstore.Cli.Commands;

namespace Peerstore.Cli.Tests;

/// <summary><c>peerstore conformance</c>.</summary>
public sealed class ConformanceCommandTests : IDisposable
{
    private const string Wrong =
        """
        {"start":"2026-01-01T00:00:00Z","options":{},"peers":{},"steps":[{"op":"peers","want":[]},{"op":"peers","want":["A"]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("peerstore-cli-tests-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task All_values_pass_and_the_last_line_has_the_numbers(string store)
    {
        var code = await RunAsync(Path.Combine(AppContext.BaseDirectory, "vectors", "values"), "--store", store);

        Assert.Equal((0, ""), (code, _error.ToString()));
        Assert.Matches(@"^[1-9]\d* passed, 0 failed, \d skipped$|^[1-9]\d* passed, 0 failed, 1[01] skipped$", LastLine());
        Assert.Contains("by rule identity-multibase: ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mismatch_is_printed_and_the_exit_code_is_1()
    {
        var file = Write(Path.Combine("deep", "below", "wrong.json"), Wrong);

        var code = await RunAsync(_folder);

        Assert.Equal(1, code);
        Assert.Contains(
            $"FAIL {file} step 1 peers: wanted [\"A\"], got []", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal("1 passed, 1 failed, 0 skipped", LastLine());
    }

    [Fact]
    public async Task With_json_there_is_one_object()
    {
        Write("wrong.json", Wrong);

        Assert.Equal(1, await RunAsync(_folder, "--json"));

        using var json = JsonDocument.Parse(_output.ToString());
        Assert.Equal(1, json.RootElement.GetProperty("failed").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("mismatches")[0].GetProperty("step").GetInt32());
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("{}", "is not a document of a known kind")]
    public async Task A_file_that_is_no_document_gets_one_sentence(string content, string sentence)
    {
        Write("strange.json", content);

        Assert.Equal(2, await RunAsync(_folder));

        Assert.Contains(sentence, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_does_not_hide_behind_one_that_can()
    {
        Write("broken.json", "{");
        Write("good.json", """{"start":"2026-01-01T00:00:00Z","steps":[{"op":"peers","want":[]}]}""");

        Assert.Equal(2, await RunAsync(_folder));
        Assert.Equal("1 passed, 0 failed, 0 skipped", LastLine());
    }

    [Fact]
    public async Task A_path_that_is_not_there_gets_one_sentence()
    {
        Assert.Equal(2, await RunAsync(Path.Combine(_folder, "nowhere")));
        Assert.Contains("there is no such file or folder", _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        var root = new RootCommand { ConformanceCommand.Create() };
        return root.Parse(["conformance", .. arguments]).InvokeAsync(
            new InvocationConfiguration { Output = _output, Error = _error }, TestContext.Current.CancellationToken);
    }

    private string LastLine() => _output.ToString().TrimEnd().Split('\n')[^1].TrimEnd();

    private string Write(string name, string content)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }
}
