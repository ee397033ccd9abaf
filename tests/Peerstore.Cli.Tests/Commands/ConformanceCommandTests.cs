namespace Peerstore.Cli.Tests;

/// <summary><c>peerstore conformance</c>.</summary>
public sealed class ConformanceCommandTests : TemporaryDirectory
{
    private const string Wrong =
        """
        {"start":"2026-01-01T00:00:00Z","options":{},"peers":{},"steps":[{"op":"peers","want":[]},{"op":"peers","want":["A"]}]}
        """;

    private string Folder => Path.GetDirectoryName(Db)!;

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task All_values_pass_and_the_last_line_has_the_numbers(string store)
    {
        var result = await RunAsync(Path.Combine(AppContext.BaseDirectory, "vectors", "values"), "--store", store);

        Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^[1-9]\d* passed, 0 failed, \d skipped$|^[1-9]\d* passed, 0 failed, 1[01] skipped$", result.Lines[^1]);
        Assert.Contains("by rule identity-multibase: ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mismatch_is_printed_and_the_exit_code_is_1()
    {
        var file = Document(Path.Combine("deep", "below", "wrong.json"), Wrong);

        var result = await RunAsync(Folder);

        Assert.Equal(ExitCode.NoAnswer, result.ExitCode);
        Assert.Contains(
            $"FAIL {file} step 1 peers: wanted [\"A\"], got []", result.Out, StringComparison.Ordinal);
        Assert.Equal("1 passed, 1 failed, 0 skipped", result.Lines[^1]);
    }

    [Fact]
    public async Task With_json_there_is_one_object()
    {
        Document("wrong.json", Wrong);

        var result = await RunAsync(Folder, "--json");

        Assert.Equal(ExitCode.NoAnswer, result.ExitCode);
        Assert.Equal(1, result.Json.GetProperty("failed").GetInt32());
        var mismatch = result.Json.GetProperty("mismatches")[0];
        Assert.Equal(
            ["document", "step", "operation", "wanted", "got"],
            mismatch.EnumerateObject().Select(field => field.Name),
            StringComparer.Ordinal);
        Assert.Equal(1, mismatch.GetProperty("step").GetInt32());
    }

    [Theory]
    [InlineData("{", "is not JSON")]
    [InlineData("{}", "is not a document of a known kind")]
    public async Task A_file_that_is_no_document_gets_one_sentence(string content, string sentence)
    {
        Document("strange.json", content);

        var result = await RunAsync(Folder);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_does_not_hide_behind_one_that_can()
    {
        Document("broken.json", "{");
        Document("good.json", """{"start":"2026-01-01T00:00:00Z","steps":[{"op":"peers","want":[]}]}""");

        var result = await RunAsync(Folder);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Equal("1 passed, 0 failed, 0 skipped", result.Lines[^1]);
    }

    [Fact]
    public async Task A_path_that_is_not_there_gets_one_sentence()
    {
        var result = await RunAsync(PathOf("nowhere"));

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Contains("there is no such file or folder", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_there_is_not_is_one_sentence()
    {
        var result = await RunAsync(Folder, "--store", "foo");

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Equal(
            "'foo' is not a store: write memory or sqlite. Run 'peerstore --help' for help.\n", result.Error);
    }

    [Fact]
    public async Task A_name_that_is_hostile_is_written_out_as_everywhere()
    {
        var result = await RunAsync(PathOf("no\u001b[2J\u202ewhere"));

        Assert.Contains("no\\u{1b}[2J\\u{202e}where cannot be read", result.Error, StringComparison.Ordinal);
    }

    private static Task<CliResult> RunAsync(params string[] arguments) =>
        InProcess.RunAsync(["conformance", .. arguments]);

    private string Document(string name, string content)
    {
        var file = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }
}
