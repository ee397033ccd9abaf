using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

public class OperationCrashTests
{
    private const int Seed = 20261126;

    /// <summary>The short form; <c>peerstore-crash operations --runs 50</c> is the long one.</summary>
    [Fact]
    public async Task A_process_that_is_killed_while_it_works_on_files_leaves_them_whole()
    {
        using var folder = new TemporaryFolder();
        await using var report = new StringWriter();
        var failed = await new OperationSeries(Seed, report) { Peers = 120 }.RunAsync(folder.File(""), runs: 3);
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(failed == 0, report.ToString());
    }
}
