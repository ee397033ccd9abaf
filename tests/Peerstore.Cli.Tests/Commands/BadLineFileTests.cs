namespace Peerstore.Cli.Tests;

/// <summary><c>ingest --errors FILE</c>: which file is written, and when.</summary>
public sealed class BadLineFileTests : TemporaryDirectory
{
    private const string Good = "/ip4/192.0.2.1/tcp/1/p2p/12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("net.txt")]
    [InlineData("./net.txt")]
    [InlineData("link.txt")]
    [InlineData("chain.txt")]
    [InlineData("here/net.txt")]
    public async Task The_input_is_not_written_over(string errors)
    {
        var input = Write("net.txt", Good, "/bad");
        MakeLinks();

        await AssertRefusedAsync("is the file to be read", "ingest", input, "--db", Db, "--errors", PathOf(errors));
        await AssertRefusedAsync("is the file to be read", "ingest", PathOf("here/link.txt"), "--db", Db, "--errors", PathOf(errors));

        Assert.Equal([Good, "/bad"], await File.ReadAllLinesAsync(input, Cancellation), StringComparer.Ordinal);
        Assert.False(File.Exists(Db));
    }

    [Theory]
    [InlineData("peers.db")]
    [InlineData("peers.db-wal")]
    [InlineData("peers.db-shm")]
    [InlineData("peers.db.lock")]
    [InlineData("here/peers.db")]
    public async Task The_peerstore_is_not_written_over(string errors)
    {
        MakeLinks();
        var input = Write("input.txt", Good, "/bad");
        await AssertRefusedAsync("belongs to the peerstore", "ingest", input, "--db", Db, "--errors", PathOf(errors));
        Assert.False(File.Exists(Db));
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);
        var before = await File.ReadAllBytesAsync(Db, Cancellation);

        await AssertRefusedAsync("belongs to the peerstore", "ingest", input, "--db", Db, "--errors", PathOf(errors));

        Assert.Equal(before, await File.ReadAllBytesAsync(Db, Cancellation));
    }

    [Fact]
    public async Task What_holds_anything_but_bad_lines_is_not_written_over()
    {
        var input = Write("net.txt", Good, "/bad");
        var other = PathOf("other.db");
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", other);
        foreach (var precious in (string[])[other, input, Write("short.txt", "x")])
        {
            var before = await File.ReadAllBytesAsync(precious, Cancellation);

            var result = await InProcess.RunOnTextAsync("/bad\n" + Good, "ingest", "-", "--db", Db, "--errors", precious);

            Assert.Equal(ExitCode.CannotDo, result.ExitCode);
            Assert.Equal($"--errors {precious} is there already and holds no bad lines: name another file.\n", result.Error);
            Assert.Equal(before, await File.ReadAllBytesAsync(precious, Cancellation));
        }

        Assert.False(File.Exists(Db));
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task The_bad_lines_of_a_former_run_are_replaced_or_emptied(params string[] json)
    {
        var errors = PathOf("errors.txt");
        await InProcess.RunOnTextAsync($"{Good}\n/bad\n/bad", ["ingest", "-", "--db", Db, "--errors", errors, .. json]);
        await InProcess.RunOnTextAsync($"{Good}\n/bad", ["ingest", "-", "--db", Db, "--errors", errors, .. json]);
        Assert.Single(await File.ReadAllLinesAsync(errors, Cancellation));

        var result = await InProcess.RunOnTextAsync(Good, ["ingest", "-", "--db", Db, "--errors", errors, .. json]);

        Assert.Equal(ExitCode.Fine, result.ExitCode);
        Assert.Empty(await File.ReadAllLinesAsync(errors, Cancellation));
    }

    [Fact]
    public async Task Without_bad_lines_there_is_no_file()
    {
        var errors = PathOf("errors.txt");

        await InProcess.RunOnTextAsync(Good, "ingest", "-", "--db", Db, "--errors", errors);

        Assert.False(File.Exists(errors));
    }

    [Fact]
    public async Task A_run_that_cannot_begin_touches_nothing()
    {
        var noPeerstore = Write("other.db", "this is a text file and no database at all");
        var errors = Write("errors.txt", "line 1: not a multiaddr: x");

        var result = await InProcess.RunOnTextAsync("/bad", "ingest", "-", "--db", noPeerstore, "--errors", errors);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Equal("line 1: not a multiaddr: x\n", await File.ReadAllTextAsync(errors, Cancellation));
    }

    [Fact]
    public async Task A_file_in_no_folder_is_one_sentence_before_anything_is_read()
    {
        await AssertRefusedAsync("there is no folder", "ingest", "-", "--db", Db, "--errors", PathOf("no/errors.txt"));
        await AssertRefusedAsync("is a folder", "ingest", "-", "--db", Db, "--errors", PathOf("."));
    }

    private void MakeLinks()
    {
        File.CreateSymbolicLink(PathOf("link.txt"), "net.txt");
        File.CreateSymbolicLink(PathOf("chain.txt"), PathOf("link.txt"));
        Directory.CreateSymbolicLink(PathOf("here"), ".");
    }

    private static async Task AssertRefusedAsync(string sentence, params string[] args)
    {
        var result = await InProcess.RunOnTextAsync(Good, args);

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error, c => c == '\n');
    }
}
