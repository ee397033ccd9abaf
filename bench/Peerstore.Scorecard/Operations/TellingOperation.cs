namespace Peerstore.Scorecard.Operations;

/// <summary>An operation of the store without an answer; whether it was done is looked at afterwards, untimed.</summary>
internal sealed class TellingOperation : Operation
{
    /// <summary>Begins it for one peer of a batch.</summary>
    public required Func<OperationBatch, int, ValueTask> Tell { get; init; }

    /// <inheritdoc/>
    public override async ValueTask<int> RunAsync(OperationBatch batch, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await Tell(batch, i);
        }

        return 0;
    }
}
