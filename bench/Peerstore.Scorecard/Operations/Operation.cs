namespace Peerstore.Scorecard.Operations;

/// <summary>One thing that a user of the peerstore does, made measurable.</summary>
/// <remarks>
/// Only <see cref="RunAsync"/> is timed. What it uses up is put there before by <see cref="PrepareAsync"/>, and
/// <see cref="SettleAsync"/> puts the store back as it was, so that every operation finds the same store.
/// </remarks>
internal abstract class Operation
{
    /// <summary>What the peer just read is decoded for: few enough that it still is in the cache, as after reading.</summary>
    public const int Fresh = 256;

    /// <summary>
    /// For operations that need the store prepared: so many peers that those prepared first have long left the cache.
    /// </summary>
    public const int Prepared = 131_072;

    /// <summary>The name that is printed.</summary>
    public required string Name { get; init; }

    /// <summary>The number of peers between two preparations.</summary>
    public int BatchSize { get; init; } = Fresh;

    /// <summary>The peers it is about, where those are others than the store's.</summary>
    public Func<int, Libp2p.PeerId>? Ids { get; init; }

    /// <summary>How many peers it is about, where those are others than the store's.</summary>
    public int? Peers { get; init; }

    /// <summary>Made once before all batches.</summary>
    public Func<ValueTask>? SetUpAsync { get; init; }

    /// <summary>Makes ready what the next batch needs.</summary>
    public Func<OperationBatch, ValueTask>? PrepareAsync { get; init; }

    /// <summary>Puts everything back after a batch; the number of peers that were not left as they should have been.</summary>
    public Func<OperationBatch, ValueTask<int>>? SettleAsync { get; init; }

    /// <summary>Puts everything back after all batches.</summary>
    public Func<ValueTask>? TearDownAsync { get; init; }

    /// <summary>Does it for some of the peers of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="from">The first peer.</param>
    /// <param name="to">The one behind the last.</param>
    /// <returns>How many answers were wrong.</returns>
    public abstract ValueTask<int> RunAsync(OperationBatch batch, int from, int to);
}
