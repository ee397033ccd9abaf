using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Peerstore.Cli.Tests;

public sealed class IngestCommandTests : TemporaryDirectory
{
    private const string Good = "/ip4/192.0.2.1/tcp/1/p2p/12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";

    [Fact]
    public async Task The_summary_is_plain_text_where_nobody_looks_at_a_terminal()
    {
        var result = await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains("lines:     2347 read: 2347 good, 0 bad, 0 blank", result.Lines, StringComparer.Ordinal);
        Assert.Contains("peers:     12", result.Lines, StringComparer.Ordinal);
        Assert.Contains("envelopes: 253 distinct ones verified, 277 repeats of these", result.Lines, StringComparer.Ordinal);
        Assert.Contains("peer:identify     530", result.Lines, StringComparer.Ordinal);
        Assert.All(result.Out, c => Assert.InRange(c, '\n', '~'));
    }

    [Fact]
    public async Task The_summary_is_JSON_where_that_is_asked_for()
    {
        var result = await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db, "--json");

        Assert.Equal(12, result.Json.GetProperty("peers").GetInt32());
        Assert.Equal(253, result.Json.GetProperty("records").GetProperty("verified").GetInt32());
        Assert.Equal(2347, result.Json.GetProperty("lines").GetProperty("good").GetInt32());
        Assert.Equal(1090, result.Json.GetProperty("events").GetProperty("peer:update").GetInt32());
    }

    [Fact]
    public async Task Standard_input_is_read_for_a_dash()
    {
        var result = await InProcess.RunOnTextAsync(Good + "\n", "ingest", "-", "--db", Db);

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.Contains("addresses: 1 added, 0 known already, 0 removed, 0 refused", result.Lines, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Lifetimes_count_from_now_and_may_be_endless()
    {
        await InProcess.RunOnTextAsync(Good, "ingest", "-", "--db", Db, "--ttl", "2h30m");
        var address = await FirstAddressAsync();
        Assert.Equal(9000, address.GetProperty("ttlSeconds").GetDouble());
        Assert.InRange(
            address.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow,
            TimeSpan.FromMinutes(149),
            TimeSpan.FromMinutes(150));

        await InProcess.RunOnTextAsync(Good, "ingest", "-", "--db", Db, "--ttl", "permanent");
        address = await FirstAddressAsync();
        Assert.False(address.TryGetProperty("expiresAt", out _));
    }

    [Fact]
    public async Task The_first_bad_lines_are_shown_and_all_are_kept()
    {
        var input = Write("bad.txt", [Good, .. Enumerable.Repeat("/ip4/bad\u001b[2J", 25)]);
        var kept = PathOf("errors.txt");

        var result = await InProcess.RunAsync("ingest", input, "--db", Db, "--errors", kept);

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        var shown = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, shown.Length);
        Assert.StartsWith("line 2: not a multiaddr: ", shown[0], StringComparison.Ordinal);
        Assert.Equal("and 15 more bad lines", shown[^1]);
        var lines = await File.ReadAllLinesAsync(kept, TestContext.Current.CancellationToken);
        Assert.Equal(25, lines.Length);
        Assert.StartsWith("line 26: not a multiaddr: ", lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error + string.Concat(lines));
    }

    [Fact]
    public async Task Bad_lines_are_kept_as_JSON_where_that_is_asked_for()
    {
        var kept = PathOf("errors.jsonl");

        var result = await InProcess.RunOnTextAsync($"{Good}\n/x\n", "ingest", "-", "--db", Db, "--errors", kept, "--json");

        var line = JsonDocument.Parse(
            await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(2, line.GetProperty("line").GetInt32());
        Assert.Equal("not a multiaddr", line.GetProperty("reason").GetString());
        Assert.Equal(await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken), result.Error);
    }

    [Fact]
    public async Task All_that_is_said_in_JSON_is_JSON()
    {
        var result = await InProcess.RunOnTextAsync(
            Good + "\n" + string.Concat(Enumerable.Repeat("/x\n", 12)), "ingest", "-", "--db", Db, "--json");

        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            Enumerable.Range(2, 10), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("line").GetInt32()));
        Assert.Equal(12, result.Json.GetProperty("badLines").GetProperty("not a multiaddr").GetInt32());
    }

    [Fact]
    public async Task More_bad_lines_than_are_shown_are_pointed_to()
    {
        var result = await InProcess.RunOnTextAsync(
            Good + "\n" + string.Concat(Enumerable.Repeat("/x\n", 12)), "ingest", "-", "--db", Db);

        Assert.EndsWith("and 2 more bad lines; --errors FILE keeps them all\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_one_sentence_and_makes_no_peerstore()
    {
        await AssertCannotAsync("There is no file ", "ingest", PathOf("none.txt"), "--db", Db);
        Assert.False(File.Exists(Db));
    }

    [Fact]
    public async Task A_directory_is_not_a_file() =>
        await AssertCannotAsync($"{PathOf(".")} is a folder, not a file.", "ingest", PathOf("."), "--db", Db);

    [Fact]
    public async Task An_unreadable_database_is_one_sentence()
    {
        var other = Write("other.db", "this is a text file and no database at all");

        await AssertCannotAsync("", "ingest", SampleData.BootNodes, "--db", other);
        await AssertCannotAsync("", "ingest", SampleData.BootNodes, "--db", PathOf("no/such/directory/peers.db"));
    }

    [Theory]
    [InlineData("name,address\npeer,192.0.2.1\n", "line 1: unknown format: the line begins with neither { nor /.")]
    [InlineData("# remark\n{\"kind\":1,\"kind\":2}\n{}\n", "line 2: not JSON: Duplicate")]
    [InlineData("\u0001\u0002\u0003", "line 1: unknown format: ")]
    public async Task An_unknown_format_is_one_sentence_with_the_first_reason(string text, string reason)
    {
        var input = Write("unknown", text);
        var errors = PathOf("errors.txt");

        await AssertCannotAsync(
            $"No line of {input} is of a format known here; {reason}", "ingest", input, "--db", Db, "--errors", errors);
        Assert.NotEmpty(await File.ReadAllLinesAsync(errors, TestContext.Current.CancellationToken));
        Assert.Equal([errors, input], FilesHere(), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# nothing here\n")]
    public async Task A_file_without_lines_is_no_mistake(string text)
    {
        var result = await InProcess.RunOnTextAsync(text, "ingest", "-", "--db", Db);

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.Empty(FilesHere());
    }

    [Theory]
    [InlineData("""{"ev":"end"}""")]
    [InlineData("""{"ID":"12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4","Addrs":null}""")]
    [InlineData("""{"ev":"peer:identify","peerId":"12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4"}""")]
    public async Task Lines_that_say_nothing_to_store_make_no_peerstore(string line)
    {
        var result = await InProcess.RunOnTextAsync(line, "ingest", "-", "--db", Db);

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.Empty(FilesHere());
    }

    [Fact]
    public async Task What_cannot_be_written_is_no_success()
    {
        await InProcess.RunOnTextAsync(Good, "ingest", "-", "--db", Db);
        await using var other = new SqliteConnection($"Data Source={Db};Pooling=False");
        other.Open();
        await using var command = other.CreateCommand();
        command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON peer BEGIN SELECT RAISE(ABORT, 'full'); END";
        command.ExecuteNonQuery();

        await AssertCannotAsync(
            $"The peerstore {Db} cannot be written: ", "ingest", SampleData.BootNodes, "--db", Db);
    }

    [Fact]
    public async Task A_lifetime_that_is_none_is_one_sentence() =>
        await AssertCannotAsync("'soon' is not a lifetime", "ingest", "-", "--ttl", "soon", "--db", Db);

    [Fact]
    public async Task An_interrupted_run_says_how_far_it_came()
    {
        using var stop = new CancellationTokenSource();
        var output = new StringWriter();
        var host = new CliHost { OpenInput = () => new StopsAfter(stop, Good + "\n"), Out = output, Error = output };

        var exitCode = await CliApp.RunAsync(["ingest", "-", "--db", Db], host, stop.Token);

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.StartsWith("Stopped after line ", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, (await InProcess.RunAsync("list", "--db", Db, "--json")).Json.GetProperty("total").GetInt32());
    }

    private async Task<JsonElement> FirstAddressAsync()
    {
        var result = await InProcess.RunAsync("show", Good[(Good.LastIndexOf('/') + 1)..], "--db", Db, "--json");
        return result.Json.GetProperty("addresses")[0];
    }

    private IEnumerable<string> FilesHere() =>
        Directory.EnumerateFiles(PathOf(".")).Select(Path.GetFullPath).Order(StringComparer.Ordinal);

    private static async Task AssertCannotAsync(string sentence, params string[] args)
    {
        var result = await InProcess.RunAsync(args);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.StartsWith(sentence, result.Error, StringComparison.Ordinal);
        Assert.Equal('\n', Assert.Single(result.Error, c => c == '\n'));
        Assert.True(result.Error.Length > 10);
    }

    /// <summary>One line again and again, until the user has had enough of it.</summary>
    private sealed class StopsAfter(CancellationTokenSource stop, string line) : MemoryStream(System.Text.Encoding.UTF8.GetBytes(line))
    {
        private int _reads;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_reads == 100)
            {
                stop.Cancel();
            }

            Position = 0;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
