using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

public class SoakTests
{
    /// <summary>The short form; <c>peerstore-crash soak --minutes 10</c> is the long one, which also tells a trend.</summary>
    [Fact]
    public async Task A_store_under_load_counts_right_and_loses_nothing_when_it_is_closed_or_killed_again_and_again()
    {
        using var folder = new TemporaryFolder();
        await using var report = new StringWriter();
        var settings = new SoakSettings
        {
            Seed = 20261126,
            Rate = 5_000,
            Peers = 2_000,
            Life = TimeSpan.FromSeconds(1),
            Lives = 4,
            Grace = CrashSeries.Window + TimeSpan.FromSeconds(1),
        };
        var wrongs = await new SoakSeries(settings, report).RunAsync(folder.Peers());
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(wrongs == 0, report.ToString());
        Assert.Equal(settings.Lives, report.ToString().Split(" operations in ").Length - 1);
    }
}
