using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

public class OneTestSamples
{
    [Fact]
    public async Task The_contract_under_any_framework()
    {
        #region contract-any-framework
        var run = new ContractRun((clock, options) => new(MemoryPeerstore.Create(options, clock)));
        foreach (var check in PeerstoreContract.Checks)
        {
            await run.RunAsync(check.Name); // Throws ContractViolationException with what was wanted and what was got.
        }

        run.AssertComplete();
        #endregion
    }

    [Fact]
    public async Task Golden_documents()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors", "scenarios", "add-single.json");
        #region contract-documents
        var runner = new ConformanceRunner((clock, options) => new(MemoryPeerstore.Create(options, clock)));
        var json = await File.ReadAllBytesAsync(path);
        if (ConformanceDocument.TryParse(path, json, out var document, out var problem))
        {
            var report = await runner.RunAsync(document);
            Console.WriteLine(string.Join('\n', report.Mismatches));
        }
        #endregion

        Assert.Null(problem);
    }
}
