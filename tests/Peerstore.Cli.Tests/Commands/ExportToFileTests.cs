namespace Peerstore.Cli.Tests;

/// <summary>Exports into files, and what a terminal is spared.</summary>
public sealed class ExportToFileTests : TemporaryDirectory
{
    [Theory]
    [InlineData("jsonl")]
    [InlineData("addrinfo")]
    [InlineData("multiaddrs")]
    public async Task Lines_go_to_a_file_as_they_go_to_standard_output(string format)
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db, "--ttl", "permanent");
        var shown = await InProcess.RunAsync("export", "--format", format, "--out", "-", "--db", Db);

        var result = await InProcess.RunAsync("export", "--format", format, "--out", PathOf("lines"), "--db", Db, "--json");

        Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
        Assert.Equal(PathOf("lines"), result.Json.GetProperty("file").GetString());
        Assert.Equal(12, result.Json.GetProperty("peers").GetInt32());
        Assert.Equal(new FileInfo(PathOf("lines")).Length, result.Json.GetProperty("bytes").GetInt64());
        Assert.False(result.Json.TryGetProperty("privateKeys", out _));
        Assert.Equal(shown.Lines.Count, await CountLinesAsync(PathOf("lines")));
    }

    [Fact]
    public async Task A_file_that_is_there_or_the_peerstores_own_is_not_written()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        Write("mine", "text");
        (string Target, string Sentence)[] targets =
        [
            (PathOf("mine"), $"{PathOf("mine")} is there already."),
            (PathOf("."), $"{PathOf(".")} is there already."),
            (Db, $"{Db} belongs to the peerstore {Db}: name another file."),
            ($"{Db}-wal", $"{Db}-wal belongs to the peerstore {Db}: name another file."),
            (PathOf("none/file"), $"{PathOf("none/file")} cannot be made: there is no such folder."),
        ];
        foreach (var (target, sentence) in targets)
        {
            var result = await InProcess.RunAsync("export", "--format", "entries", "--out", target, "--db", Db);
            Assert.Equal((ExitCode.CannotDo, $"{sentence}\n", ""), (result.ExitCode, result.Error, result.Out));
        }

        Assert.Equal(1, await CountLinesAsync(PathOf("mine")));
    }

    [Fact]
    public async Task What_cannot_be_written_leaves_no_file()
    {
        var missing = await InProcess.RunAsync("export", "--format", "entries", "--out", PathOf("peers.export"), "--db", Db);

        Assert.Equal(ExitCode.CannotDo, missing.ExitCode);
        Assert.False(File.Exists(PathOf("peers.export")));
    }

    [Fact]
    public async Task A_terminal_is_not_shown_bytes_unless_somebody_insists()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var result = await InProcess.RunAtTerminalAsync("export", "--format", "entries", "--db", Db);

        Assert.Equal(
            (ExitCode.CannotDo, "Entries are bytes, which a terminal cannot show: name a file with --out FILE.\n", ""),
            (result.ExitCode, result.Error, result.Out));
    }

    [Fact]
    public async Task Private_keys_are_asked_for_of_the_one_format_that_has_them()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var result = await InProcess.RunAsync("export", "--private-keys-in-clear", "--db", Db);

        Assert.Equal(
            (ExitCode.CannotDo, "--private-keys-in-clear is for --format entries: no other format has private keys.\n"),
            (result.ExitCode, result.Error));
    }

    private static async Task<int> CountLinesAsync(string path) =>
        (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Length;
}
