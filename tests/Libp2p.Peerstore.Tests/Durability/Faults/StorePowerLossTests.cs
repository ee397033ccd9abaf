using Libp2p.Peerstore.Sqlite;
using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

/// <summary>The short form; <c>peerstore-crash powerloss</c> is the long one.</summary>
public class StorePowerLossTests
{
    private const int Seed = 20261126;

    [Theory]
    [InlineData(Durability.OnAcknowledge)]
    [InlineData(Durability.Behind)]
    public async Task After_a_power_loss_all_peers_are_as_they_once_were_and_nothing_that_was_promised_is_missing(Durability durability)
    {
        using var folder = new TemporaryFolder();
        await using var report = new StringWriter();
        var series = new PowerCutSeries(durability, Seed, report) { Stride = 9 };
        var wrong = await series.RunAsync(folder.File(""), operations: 16);
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(wrong == 0, report.ToString());
        Assert.InRange(series.Cuts, 100, 2000);
        Assert.True(series.HasCheckpoint, report.ToString());
    }
}
