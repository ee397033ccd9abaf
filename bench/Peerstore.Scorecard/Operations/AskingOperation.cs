namespace Peerstore.Scorecard.Operations;

/// <summary>An operation of the store that answers something.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class AskingOperation<T> : Operation
{
    /// <summary>Begins it for one peer of a batch.</summary>
    public required Func<OperationBatch, int, ValueTask<T>> Ask { get; init; }

    /// <summary>Whether the answer is right; cheap, for it is timed as well.</summary>
    public required Func<OperationBatch, int, T, bool> IsRight { get; init; }

    /// <inheritdoc/>
    public override async ValueTask<int> RunAsync(OperationBatch batch, int from, int to)
    {
        var wrong = 0;
        for (var i = from; i < to; i++)
        {
            var answer = await Ask(batch, i);
            wrong += IsRight(batch, i, answer) ? 0 : 1;
        }

        return wrong;
    }
}
