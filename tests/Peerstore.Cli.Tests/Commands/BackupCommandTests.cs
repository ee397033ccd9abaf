namespace Peerstore.Cli.Tests;

public sealed class BackupCommandTests : TemporaryDirectory
{
    [Fact]
    public async Task A_backup_has_what_the_peerstore_has()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var result = await InProcess.RunAsync("backup", PathOf("copy.db"), "--db", Db);

        Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
        Assert.Equal($"backup: {PathOf("copy.db")}", result.Lines[0]);
        Assert.Equal($"bytes:  {new FileInfo(PathOf("copy.db")).Length}", result.Lines[1]);
        var original = await InProcess.RunAsync("export", "--format", "multiaddrs", "--db", Db);
        var copy = await InProcess.RunAsync("export", "--format", "multiaddrs", "--db", PathOf("copy.db"));
        Assert.NotEmpty(original.Lines);
        Assert.Equal(original.Out, copy.Out);
    }

    [Fact]
    public async Task As_JSON_it_names_the_file_and_its_length()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var result = await InProcess.RunAsync("backup", PathOf("copy.db"), "--db", Db, "--json");

        Assert.Equal(PathOf("copy.db"), result.Json.GetProperty("file").GetString());
        Assert.Equal(new FileInfo(PathOf("copy.db")).Length, result.Json.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task It_works_while_a_store_has_the_file_open()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        await using var store = await Libp2p.Peerstore.Sqlite.SqlitePeerstore.OpenAsync(
            Db, cancellationToken: TestContext.Current.CancellationToken);

        var result = await InProcess.RunAsync("backup", PathOf("copy.db"), "--db", Db);

        Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("check", "--db", PathOf("copy.db"))).ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        Write("mine", "text");

        foreach (var target in (string[])[PathOf("mine"), Db])
        {
            var result = await InProcess.RunAsync("backup", target, "--db", Db);
            Assert.Equal((ExitCode.CannotDo, $"{target} is there already.\n", ""), (result.ExitCode, result.Error, result.Out));
        }

        Assert.Equal("text", (await File.ReadAllTextAsync(PathOf("mine"), TestContext.Current.CancellationToken)).Trim());
    }

    [Fact]
    public async Task What_is_missing_is_one_sentence()
    {
        var noStore = await InProcess.RunAsync("backup", PathOf("copy.db"), "--db", Db);
        var noTarget = await InProcess.RunAsync("backup", "--db", Db);
        var empty = await InProcess.RunAsync("backup", "", "--db", Db);

        Assert.Equal((ExitCode.CannotDo, $"There is no peerstore at {Db}.\n"), (noStore.ExitCode, noStore.Error));
        Assert.Equal(ExitCode.CannotDo, noTarget.ExitCode);
        Assert.Contains("Required argument missing", noTarget.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CannotDo, empty.ExitCode);
        Assert.Contains("TARGET is empty", empty.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf("copy.db")));
    }
}
