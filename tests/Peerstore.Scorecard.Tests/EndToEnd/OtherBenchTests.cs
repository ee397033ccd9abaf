namespace Peerstore.Scorecard.Tests;

public sealed class OtherBenchTests
{
    [Fact]
    public async Task Mixed_prints_a_line_for_each_number_of_threads()
    {
        var lines = await InProcess.MeasureAsync("mixed", "mixed", "--peers", "400", "--seconds", "0.02");
        Assert.Equal([1, 2, 4, 8], lines.Select(static line => line.GetProperty("threads").GetInt32()));
        Assert.All(lines, static line => Assert.True(line.GetProperty("opsPerSecond").GetDouble() > 0));
    }

    [Fact]
    public async Task Memory_counts_what_the_peers_take()
    {
        var lines = await InProcess.MeasureAsync("memory", "memory", "--peers", "5000", "--seconds", "0.02");
        var line = Assert.Single(lines);
        Assert.True(line.GetProperty("bytesPerPeer").GetDouble() > 100);
        Assert.True(line.GetProperty("updatesPerSecond").GetDouble() > 0);
    }

    [Fact]
    public async Task Expiry_sweeps_every_address()
    {
        var lines = await InProcess.MeasureAsync("expiry", "expiry", "--peers", "500");
        Assert.Equal(2_500, Assert.Single(lines).GetProperty("addresses").GetInt32());
    }

    [Fact]
    public async Task List_enumerates_the_store_and_its_addresses()
    {
        var lines = await InProcess.MeasureAsync("list", "list", "--peers", "500");
        Assert.Equal(["store", "addresses"], lines.Select(static line => line.GetProperty("of").GetString()));
    }

    [Fact]
    public async Task Records_stand_beside_verification()
    {
        var lines = await InProcess.MeasureAsync("record", "records", "--peers", "20", "--seconds", "0.005");
        Assert.Equal(
            ["new-record", "same-bytes-again", "lower-sequence", "higher-sequence-same-addresses", "verification-alone"],
            lines.Select(static line => line.GetProperty("op").GetString()));
        Assert.All(lines.SkipLast(1), static line => Assert.True(line.GetProperty("verificationRatio").GetDouble() > 0));
    }

    [Fact]
    public async Task Shrink_measures_a_burst_beside_what_stays()
    {
        var lines = await InProcess.MeasureAsync("shrink", "shrink", "--peers", "5000");
        var line = Assert.Single(lines);
        Assert.Equal(5_000, line.GetProperty("peers").GetInt32());
        Assert.Equal(500, line.GetProperty("stayingPeers").GetInt32());
        Assert.True(line.GetProperty("reads").GetProperty("count").GetInt64() > 0);
        // Resident memory is that of the whole process, in which other tests run at the same time.
        var (need, peak, collected) = (line.GetProperty("need"), line.GetProperty("peak"), line.GetProperty("collected"));
        Assert.Equal(
            (double)collected.GetProperty("resident").GetInt64() / need.GetProperty("resident").GetInt64(),
            line.GetProperty("ratio").GetDouble(),
            tolerance: 0.01 * Math.Abs(line.GetProperty("ratio").GetDouble()));
        Assert.Equal(
            peak.GetProperty("resident").GetInt64(),
            peak.GetProperty("native").GetInt64() + peak.GetProperty("committed").GetInt64());
    }

    [Fact]
    public async Task Plots_are_drawn_of_what_was_printed()
    {
        var directory = Directory.CreateTempSubdirectory("peerstore-scorecard-tests-");
        try
        {
            var lines = Path.Combine(directory.FullName, "lines.jsonl");
            await File.WriteAllTextAsync(
                lines,
                """
                {"bench":"op","op":"Addrs-hit","nsPerOp":300,"peers":1000}
                {"bench":"mixed","threads":1,"opsPerSecond":2000000}
                """,
                TestContext.Current.CancellationToken);
            var (exitCode, output, _) = await InProcess.RunAsync("plots", "--out", directory.FullName, lines);
            Assert.Equal(ScorecardApp.Fine, exitCode);
            Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(File.Exists));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
