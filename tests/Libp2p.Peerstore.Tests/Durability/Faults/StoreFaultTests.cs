using Libp2p.Peerstore.Sqlite;
using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

/// <summary>The short form; <c>peerstore-crash faults</c>, with each <c>--kind</c>, is the long one.</summary>
public class StoreFaultTests
{
    private const int Seed = 20261126;
    private const int Stride = 23;

    public static TheoryData<FaultKind, Durability> Cases { get; } = new(
        from kind in Enum.GetValues<FaultKind>()
        from durability in Enum.GetValues<Durability>()
        select (kind, durability));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_call_that_fails_is_told_and_what_was_acknowledged_is_there_and_it_goes_on_afterwards(FaultKind kind, Durability durability)
    {
        using var folder = new TemporaryFolder();
        await using var report = new StringWriter();

        // Which calls are hit, and whether those that make a file are among them, differs from kind to kind.
        var series = new FaultSeries(kind, durability, Seed, report) { Stride = Stride, First = 1 + ((int)kind * 5), StartsNew = kind is FaultKind.ReadOnly };
        var wrong = await series.RunAsync(folder.File(""));
        TestContext.Current.SendDiagnosticMessage(report.ToString());
        Assert.True(wrong == 0, report.ToString());
        Assert.InRange(series.Told, 1, series.Runs);
    }
}
