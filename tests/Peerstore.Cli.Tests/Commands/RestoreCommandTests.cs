using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Tests;

public sealed class RestoreCommandTests : TemporaryDirectory
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backup => PathOf("backup.db");

    [Fact]
    public async Task A_backup_comes_back_as_it_was()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        var before = await InProcess.RunAsync("export", "--format", "multiaddrs", "--db", Db);
        await InProcess.RunAsync("backup", Backup, "--db", Db);
        File.Delete(Db);

        var result = await InProcess.RunAsync("restore", Backup, "--db", Db);

        Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
        Assert.Equal("result:       clean", result.Lines[0]);
        Assert.StartsWith("peers:        12, ", result.Lines[1], StringComparison.Ordinal);
        Assert.Equal(before.Out, (await InProcess.RunAsync("export", "--format", "multiaddrs", "--db", Db)).Out);
    }

    [Fact]
    public async Task A_peerstore_that_is_there_is_replaced_only_if_that_is_asked_for()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Backup);
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);

        var refused = await InProcess.RunAsync("restore", Backup, "--db", Db);
        var asked = await InProcess.RunAsync("restore", Backup, "--db", Db, "--overwrite", "--json");

        Assert.Equal((ExitCode.CannotDo, $"{Db} is there already.\n", ""), (refused.ExitCode, refused.Error, refused.Out));
        Assert.Equal(ExitCode.Fine, asked.ExitCode);
        Assert.Equal(12, asked.Json.GetProperty("peers").GetInt64());
        Assert.Equal(12, (await InProcess.RunAsync("export", "--db", Db)).Lines.Count);
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_the_peerstore_stays()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Backup);
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);
        var before = await InProcess.RunAsync("export", "--db", Db);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Backup};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE peer SET entry = x'0200' WHERE id = (SELECT max(id) FROM peer)";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        }

        var result = await InProcess.RunAsync("restore", Backup, "--db", Db, "--overwrite");

        Assert.Equal((ExitCode.CannotDo, ""), (result.ExitCode, result.Out));
        Assert.StartsWith($"The backup {Backup} is damaged, nothing was restored: peer ", result.Error, StringComparison.Ordinal);
        Assert.Equal(before.Lines.Count, (await InProcess.RunAsync("export", "--db", Db)).Lines.Count);
    }

    [Fact]
    public async Task What_cannot_be_restored_is_one_sentence()
    {
        var none = await InProcess.RunAsync("restore", Backup, "--db", Db);
        var text = await InProcess.RunAsync("restore", Write("text", "x"), "--db", Db);
        var unnamed = await InProcess.RunAsync("restore", "--db", Db);
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        var itself = await InProcess.RunAsync("restore", Db, "--db", Db, "--overwrite");
        var letters = await InProcess.RunAsync("restore", Db, "--db", Write("letters", "mine"), "--overwrite");

        Assert.Equal((ExitCode.CannotDo, $"There is no peerstore at {Backup}.\n"), (none.ExitCode, none.Error));
        Assert.Equal((ExitCode.CannotDo, $"{PathOf("text")} is not a peerstore: it is not a SQLite database.\n"), (text.ExitCode, text.Error));
        Assert.Equal(ExitCode.CannotDo, unnamed.ExitCode);
        Assert.Equal((ExitCode.CannotDo, $"{Db} is the backup itself.\n"), (itself.ExitCode, itself.Error));
        Assert.Equal(
            (ExitCode.CannotDo, $"{PathOf("letters")} is not a peerstore: it is not a SQLite database.\n"),
            (letters.ExitCode, letters.Error));
        Assert.Equal("mine", (await File.ReadAllTextAsync(PathOf("letters"), Token)).Trim());
    }

    [Fact]
    public async Task A_peerstore_that_a_node_has_open_is_not_replaced()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Backup);
        await using var store = await SqlitePeerstore.OpenAsync(Db, cancellationToken: Token);

        var result = await InProcess.RunAsync("restore", Backup, "--db", Db, "--overwrite");

        Assert.Equal(ExitCode.CannotDo, result.ExitCode);
        Assert.StartsWith($"The peerstore {Db} is in use by ", result.Error, StringComparison.Ordinal);
    }
}
