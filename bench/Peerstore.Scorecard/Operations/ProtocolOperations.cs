using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Operations;

/// <summary>The operations of the protocol book, and the removal of a peer, which takes its protocols.</summary>
/// <param name="store">The store, filled.</param>
internal sealed class ProtocolOperations(IPeerstore store)
{
    /// <summary>Three questions; the peers speak the last two.</summary>
    private static readonly string[] Asked = ["/meshsub/1.1.0", "/ipfs/kad/1.0.0", "/ipfs/ping/1.0.0"];

    private readonly IProtocolBook _protocols = store.Protocols;

    /// <summary>All of them.</summary>
    public IEnumerable<Operation> Create() =>
    [
        new AskingOperation<IReadOnlyList<string>>
        {
            Name = "SupportsProtocols-3",
            Ask = (batch, i) => _protocols.GetSupportedAsync(batch.Ids[i], Asked),
            IsRight = static (_, _, answer) => answer.Count == Asked.Length - 1,
        },
        new AskingOperation<string?>
        {
            Name = "FirstSupportedProtocol-3",
            Ask = (batch, i) => _protocols.GetFirstSupportedAsync(batch.Ids[i], Asked),
            IsRight = static (_, _, answer) => string.Equals(answer, Asked[1], StringComparison.Ordinal),
        },
        new AskingOperation<IReadOnlyList<string>>
        {
            Name = "GetProtocols",
            Ask = (batch, i) => _protocols.GetAsync(batch.Ids[i]),
            IsRight = static (_, _, answer) => answer.Count == WireData.ProtocolCount,
        },
        new AskingOperation<ProtocolOutcome>
        {
            Name = "SetProtocols-12",
            PrepareAsync = ReadProtocols,
            Ask = (batch, i) => _protocols.SetAsync(batch.Ids[i], batch.Protocols[i]),
            IsRight = static (_, _, answer) => answer == ProtocolOutcome.Stored,
        },
    ];

    /// <summary>Apart, for it comes late in the list.</summary>
    public Operation CreateRemoval() => new TellingOperation
    {
        Name = "RemovePeer",
        BatchSize = Operation.Prepared,
        Tell = (batch, i) => store.RemovePeerAsync(batch.Ids[i]),
        SettleAsync = async batch =>
        {
            var wrong = 0;
            for (var i = 0; i < batch.Count; i++)
            {
                wrong += (await _protocols.GetAsync(batch.Ids[i])).Count;
                await _protocols.SetAsync(batch.Ids[i], WireData.Protocols());
            }

            return wrong;
        },
    };

    private static ValueTask ReadProtocols(OperationBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            batch.Protocols[i] = WireData.Protocols();
        }

        return ValueTask.CompletedTask;
    }
}
