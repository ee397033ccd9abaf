using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

public class CrashTests
{
    private const int Seed = 20261126;

    /// <summary>The short form; <c>peerstore-crash run --runs 200</c> is the long one.</summary>
    [Theory]
    [InlineData(Durability.Acknowledge)]
    [InlineData(Durability.Behind)]
    public async Task A_killed_process_leaves_what_it_had_to_keep(Durability durability)
    {
        using var folder = new TemporaryFolder();
        await using var report = new StringWriter();
        var series = new CrashSeries(durability, Seed, report) { Slack = TimeSpan.FromSeconds(1) };
        var failed = await series.RunAsync(folder.Peers(), runs: 2);
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(failed == 0, report.ToString());
    }
}
