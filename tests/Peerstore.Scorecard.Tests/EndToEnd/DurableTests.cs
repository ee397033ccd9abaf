using System.Text.Json;

namespace Peerstore.Scorecard.Tests;

public sealed class DurableTests
{
    private static readonly string[] Parts = ["entryBytes", "idBytes", "rowBytes", "pageBytes", "emptyBytes", "otherBytes"];

    [Fact]
    public async Task Every_peer_is_found_again()
    {
        var line = Assert.Single(await MeasureAsync("durable"));
        Assert.Equal(500, line.GetProperty("peers").GetInt32());
        Assert.True(line.GetProperty("fileBytesPerPeer").GetDouble() > 100);
    }

    [Fact]
    public async Task Acknowledged_writes_stand_beside_as_large_bare_commits()
    {
        var lines = await MeasureAsync("acknowledge");
        Assert.Equal([1, 8, 64], lines.Select(static line => line.GetProperty("callers").GetInt32()));
        Assert.All(lines, static line =>
        {
            Assert.True(line.GetProperty("ratio").GetDouble() > 0);
            Assert.True(line.GetProperty("rowBytes").GetInt32() > 100);
            var (writes, commits) = (line.GetProperty("writes"), line.GetProperty("commits"));
            Assert.Equal(
                line.GetProperty("callers").GetInt32(),
                writes.GetProperty("count").GetInt64() / commits.GetProperty("count").GetInt64());
        });
    }

    [Fact]
    public async Task What_a_file_is_filled_with_makes_it_up()
    {
        var lines = await MeasureAsync("file");
        Assert.Equal(["write-behind", "compacted"], lines.Select(static line => line.GetProperty("of").GetString()));
        Assert.All(lines, static line =>
        {
            Assert.Equal(500, line.GetProperty("peers").GetInt64());
            Assert.Equal(line.GetProperty("fileBytes").GetInt64(), Parts.Sum(part => line.GetProperty(part).GetInt64()));
            Assert.All(Parts, part => Assert.True(line.GetProperty(part).GetInt64() >= 0, part));
        });
    }

    [Fact]
    public async Task Reads_while_writing_say_what_the_store_takes_of_their_time()
    {
        var lines = await MeasureAsync("reading-while-writing");
        Assert.Equal(["memory", "write-behind"], lines.Select(static line => line.GetProperty("of").GetString()));
        Assert.All(lines, static line =>
        {
            var reads = line.GetProperty("reads");
            Assert.True(reads.GetProperty("count").GetInt64() > 0);
            if (OperatingSystem.IsLinux())
            {
                Assert.InRange(reads.GetProperty("maxWithoutWaitingNs").GetInt64(), 1, reads.GetProperty("maxNs").GetInt64());
                Assert.True(line.GetProperty("runningRatio").GetDouble() > 0);
            }
        });
    }

    private static Task<IReadOnlyList<JsonElement>> MeasureAsync(string bench) =>
        InProcess.MeasureAsync(bench, "durable", "--peers", "500", "--seconds", "0.02");
}
