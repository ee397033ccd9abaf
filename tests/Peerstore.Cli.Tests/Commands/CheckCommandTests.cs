using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Tests;

public sealed class CheckCommandTests : TemporaryDirectory
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_good_file_is_clean()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);

        var result = await InProcess.RunAsync("check", "--db", Db);

        Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
        Assert.Equal("result:       clean", result.Lines[0]);
        Assert.Equal("peers:        12, 0 more cannot be read, 0 were set aside before", result.Lines[1]);
        Assert.Equal("records:      12", result.Lines[3]);
        Assert.DoesNotContain("Findings", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_listed_and_end_with_one()
    {
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        await SpoilAsync();

        var result = await InProcess.RunAsync("check", "--db", Db);
        var json = await InProcess.RunAsync("check", "--db", Db, "--json");
        var terminal = await InProcess.RunAtTerminalAsync("check", "--db", Db);

        Assert.Equal((ExitCode.NoAnswer, ""), (result.ExitCode, result.Error));
        Assert.Equal("result:       damaged", result.Lines[0]);
        Assert.Matches("^peer [1-9A-Za-z]+: ", result.Lines[^1]);
        Assert.Equal(ExitCode.NoAnswer, json.ExitCode);
        Assert.False(json.Json.GetProperty("isClean").GetBoolean());
        Assert.Equal(11, json.Json.GetProperty("peers").GetInt64());
        Assert.Equal(1, json.Json.GetProperty("damagedPeers").GetInt64());
        Assert.Equal(1, json.Json.GetProperty("findings").GetArrayLength());
        Assert.Equal(ExitCode.NoAnswer, terminal.ExitCode);
        Assert.Contains("damaged", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_checked_is_one_sentence()
    {
        var missing = await InProcess.RunAsync("check", "--db", Db);
        var text = await InProcess.RunAsync("check", "--db", Write("text", "x"));
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db);
        await using var store = await SqlitePeerstore.OpenAsync(Db, cancellationToken: Token);
        var busy = await InProcess.RunAsync("check", "--db", Db);

        Assert.Equal((ExitCode.CannotDo, $"There is no peerstore at {Db}.\n"), (missing.ExitCode, missing.Error));
        Assert.Equal(ExitCode.CannotDo, text.ExitCode);
        Assert.Contains("is not a peerstore", text.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CannotDo, busy.ExitCode);
        Assert.Contains("is in use by", busy.Error, StringComparison.Ordinal);
    }

    private async Task SpoilAsync()
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Db};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE peer SET entry = x'0200' WHERE id = (SELECT max(id) FROM peer)";
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
    }
}
