namespace Libp2p.Peerstore;

/// <summary>When a call is answered: in memory at once, else when what stands behind the engine says so.</summary>
internal sealed partial class PeerstoreEngine
{
    /// <summary>Completes when a call on a peer may be answered.</summary>
    public ValueTask AcknowledgeAsync(in PeerId peer, CancellationToken cancellationToken) =>
        Journal is { } journal ? journal.AcknowledgeAsync(peer, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Answers a call on a peer when that may be done.</summary>
    public ValueTask<TResult> AcknowledgeAsync<TResult>(
        in PeerId peer, TResult result, CancellationToken cancellationToken)
    {
        var acknowledged = AcknowledgeAsync(peer, cancellationToken);
        return acknowledged.IsCompletedSuccessfully ? new(result) : AnswerAsync(acknowledged, result);
    }

    private static async ValueTask<TResult> AnswerAsync<TResult>(ValueTask acknowledged, TResult result)
    {
        await acknowledged.ConfigureAwait(false);
        return result;
    }
}
