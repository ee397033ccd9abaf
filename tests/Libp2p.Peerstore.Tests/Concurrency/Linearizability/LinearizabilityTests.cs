namespace Libp2p.Peerstore.Tests;

/// <summary>The promise of <see cref="IPeerstore"/>: the operations on one peer are linearizable.</summary>
public class LinearizabilityTests
{
    private const int OperationsOnAPeerInARound = 10;

    [Theory]
    [InlineData(StoreKind.Memory, 1, 300)]
    [InlineData(StoreKind.Memory, 2, 4000)]
    [InlineData(StoreKind.Memory, 8, 3000)]
    [InlineData(StoreKind.Memory, 32, 1500)]
    [InlineData(StoreKind.Sqlite, 1, 300)]
    [InlineData(StoreKind.Sqlite, 2, 4000)]
    [InlineData(StoreKind.Sqlite, 8, 3000)]
    [InlineData(StoreKind.Sqlite, 32, 1500)]
    public async Task The_operations_on_a_peer_are_linearizable(StoreKind kind, int threads, int rounds)
    {
        // The operations follow it, but not the threads.
        var random = Seeded.Start();
        await using var store = await TestStore.OpenAsync(kind);
        using var workers = new WorkerThreads(threads);
        var round = new ConcurrentRound(store, random, workers, peers: threads > 8 ? 4 : 2);
        // On a machine with other work threads may take turns for long: then more rounds are made.
        for (var i = 0; i < rounds || (round.Overlaps == 0 && threads > 1 && i < 10 * rounds); i++)
        {
            round.Run(OperationsOnAPeerInARound);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{round.Overlaps} calls overlapped another on the same peer.");
        Assert.True(round.Overlaps > 0 || threads == 1 || Environment.ProcessorCount == 1, "Nothing happened at once.");
    }
}
