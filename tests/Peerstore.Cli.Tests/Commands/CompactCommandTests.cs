using Libp2p.Peerstore.Sqlite;

namespace Peerstore.Cli.Tests;

public sealed class CompactCommandTests : TemporaryDirectory
{
    [Fact]
    public async Task What_was_cleared_gives_its_room_back()
    {
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);
        await RemoveAllAsync();

        var result = await InProcess.RunAsync("compact", "--db", Db);

        Assert.Equal((ExitCode.Fine, ""), (result.ExitCode, result.Error));
        Assert.Equal("dropped: 0 addresses that had ended, 0 peers of whom nothing was left", result.Lines[0]);
        Assert.Matches("^bytes:   [0-9]+, [0-9]+ before$", result.Lines[1]);
        Assert.Equal(ExitCode.Fine, (await InProcess.RunAsync("check", "--db", Db)).ExitCode);
    }

    [Fact]
    public async Task As_JSON_it_says_how_long_the_file_was_and_is()
    {
        await InProcess.RunAsync("ingest", SampleData.BootNodes, "--db", Db);
        await RemoveAllAsync();
        var before = new FileInfo(Db).Length;

        var result = await InProcess.RunAsync("compact", "--db", Db, "--json");

        Assert.Equal(before, result.Json.GetProperty("bytesBefore").GetInt64());
        Assert.Equal(new FileInfo(Db).Length, result.Json.GetProperty("bytesAfter").GetInt64());
        Assert.True(new FileInfo(Db).Length < before);
        Assert.Equal(0, result.Json.GetProperty("peersDropped").GetInt64());
    }

    [Fact]
    public async Task What_cannot_be_compacted_is_one_sentence()
    {
        var missing = await InProcess.RunAsync("compact", "--db", Db);
        var text = await InProcess.RunAsync("compact", "--db", Write("text", "x"));
        var extra = await InProcess.RunAsync("compact", Db);
        await using var store = await SqlitePeerstore.OpenAsync(Db, cancellationToken: TestContext.Current.CancellationToken);
        var busy = await InProcess.RunAsync("compact", "--db", Db);

        Assert.Equal((ExitCode.CannotDo, $"There is no peerstore at {Db}.\n"), (missing.ExitCode, missing.Error));
        Assert.Contains("is not a peerstore", text.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CannotDo, extra.ExitCode);
        Assert.StartsWith("Unrecognized command or argument", extra.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.CannotDo, busy.ExitCode);
        Assert.Contains("is in use by", busy.Error, StringComparison.Ordinal);
    }

    private async Task RemoveAllAsync()
    {
        var token = TestContext.Current.CancellationToken;
        await using var store = await SqlitePeerstore.OpenAsync(Db, cancellationToken: token);
        await foreach (var peer in store.GetPeersAsync(token))
        {
            await store.Addresses.ClearAsync(peer, token);
        }
    }
}
