using Libp2p.Peerstore.Sqlite;
using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

/// <summary>The short form; <c>peerstore-crash flips</c>, with <c>--structure</c> and with <c>--passphrase</c>, is the long one.</summary>
public class BitFlipTests
{
    private const int Seed = 20261126;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Flipped_bits_are_harmless_or_set_aside_and_no_answer_is_another_one(bool isInStructure)
    {
        using var protector = new KeyAtHand(1);
        using var protection = PrivateKeyProtection.FromProtector(protector);
        var counts = await RunAsync(protection, isInStructure, runs: 200);
        Assert.Equal(0, counts[FlipOutcome.Refused]);
        Assert.All([FlipOutcome.Harmless, FlipOutcome.Quarantined, FlipOutcome.Salvaged], outcome => Assert.NotEqual(0, counts[outcome]));
    }

    [Fact]
    public async Task Flipped_bits_in_a_file_with_a_passphrase_are_no_wrong_passphrase()
    {
        using var protection = PrivateKeyProtection.FromPassphrase("correct horse battery staple");
        await RunAsync(protection, isInStructure: false, runs: 10);
    }

    private static async Task<IReadOnlyDictionary<FlipOutcome, int>> RunAsync(PrivateKeyProtection protection, bool isInStructure, int runs)
    {
        using var folder = new TemporaryFolder();
        await using var report = new StringWriter();
        var series = new BitFlipSeries(protection, Seed, report) { IsInStructure = isInStructure };
        var wrong = await series.RunAsync(folder.File(""), runs);
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(wrong == 0, report.ToString());
        return series.Counts;
    }
}
