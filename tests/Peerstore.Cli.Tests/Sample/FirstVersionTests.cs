namespace Peerstore.Cli.Tests;

/// <summary>
/// A file that the program of before wrote (schema 1, entries of version 1):
/// <c>peerstore ingest js-libp2p-network.jsonl --db schema-1.db --ttl permanent</c>.
/// </summary>
public sealed class FirstVersionTests : TemporaryDirectory
{
    [Fact]
    public async Task A_file_of_the_first_version_is_read_and_goes_on()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schema-1.db"), Db);
        await AssertAllAsync();

        // The second time, what changed is of today's version.
        await InProcess.RunAsync("ingest", SampleData.Network, "--db", Db, "--ttl", "permanent");
        await AssertAllAsync();
    }

    private async Task AssertAllAsync()
    {
        Assert.Equal(0, (await InProcess.RunAsync("check", "--db", Db)).ExitCode);
        foreach (var expected in ExpectedPeer.All)
        {
            var shown = await InProcess.RunAsync("show", expected.Peer, "--db", Db, "--json");
            ExpectedPeerAssert.Holds(expected, shown.Json);
        }
    }
}
