using System.Globalization;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>Both stores against all golden documents.</summary>
public sealed class StoreConformanceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("peerstore-tests-").FullName;

    [Theory]
    [InlineData("values", ConformanceStores.Memory)]
    [InlineData("values", ConformanceStores.Sqlite)]
    [InlineData("scenarios", ConformanceStores.Memory)]
    [InlineData("scenarios", ConformanceStores.Sqlite)]
    [InlineData("random", ConformanceStores.Memory)]
    [InlineData("random", ConformanceStores.Sqlite)]
    [InlineData("quirks", ConformanceStores.Memory)]
    [InlineData("quirks", ConformanceStores.Sqlite)]
    public async Task Every_document_of_a_folder_is_answered_as_wanted(string folder, string store)
    {
        var report = await RunAsync(folder, store);

        Assert.True(report.Failed == 0, string.Join('\n', report.Mismatches.Take(20)));
        Assert.True(report.Passed > 0);
    }

    [Fact]
    public async Task Fewer_than_twelve_values_are_skipped_and_each_for_a_rule_that_refuses_what_go_takes()
    {
        var report = await RunAsync("values", ConformanceStores.Memory);

        Assert.InRange(report.Skipped, 1, 11);
        Assert.Equal(
            "ecdsa-trailing-bytes ed25519-halves ed25519-weak-key identity-multibase secp256k1-scalar-range",
            string.Join(' ', report.Skips.Select(static skip => skip.Rule.Id)));
        Assert.All(report.Skips, static skip => Assert.NotEmpty(skip.Rule.Reason));
    }

    [Fact]
    public async Task Only_ends_finer_than_100_ns_are_skipped_in_scenarios()
    {
        var report = ConformanceReport.Join(
        [
            await RunAsync("scenarios", ConformanceStores.Memory),
            await RunAsync("random", ConformanceStores.Memory),
            await RunAsync("quirks", ConformanceStores.Memory),
        ]);

        var skip = Assert.Single(report.Skips);
        Assert.Equal("time-finer-than-100ns", skip.Rule.Id);
        Assert.True(skip.Count < 10, skip.Count.ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<ConformanceReport> RunAsync(string folder, string store)
    {
        var runner = ConformanceStores.RunnerFor(store, _folder);
        var reports = new List<ConformanceReport>();
        foreach (var document in VectorFolder.Read(folder))
        {
            reports.Add(await runner.RunAsync(document, TestContext.Current.CancellationToken));
        }

        return ConformanceReport.Join(reports);
    }
}
