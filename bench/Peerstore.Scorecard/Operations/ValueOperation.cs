namespace Peerstore.Scorecard.Operations;

/// <summary>An operation on a value, without a store.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class ValueOperation<T> : Operation
{
    /// <summary>Does it for one peer of a batch.</summary>
    public required Func<OperationBatch, int, T> Do { get; init; }

    /// <summary>Whether the answer is right; cheap, for it is timed as well.</summary>
    public required Func<OperationBatch, int, T, bool> IsRight { get; init; }

    /// <inheritdoc/>
    public override ValueTask<int> RunAsync(OperationBatch batch, int from, int to)
    {
        var wrong = 0;
        for (var i = from; i < to; i++)
        {
            wrong += IsRight(batch, i, Do(batch, i)) ? 0 : 1;
        }

        return new(wrong);
    }
}
