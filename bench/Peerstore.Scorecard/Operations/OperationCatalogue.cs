using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Operations;

/// <summary>All operations, in the order in which they are measured and printed.</summary>
internal static class OperationCatalogue
{
    /// <summary>Makes them for a store.</summary>
    /// <param name="store">The store, filled.</param>
    /// <param name="data">The peers in it.</param>
    /// <param name="peers">How many they are.</param>
    public static IReadOnlyList<Operation> Create(IPeerstore store, WireData data, int peers)
    {
        var protocols = new ProtocolOperations(store);
        return
        [
            LoopOverhead(),
            .. new AddressOperations(store, data, peers).Create(),
            .. protocols.Create(),
            .. new BookOperations(store).Create(),
            protocols.CreateRemoval(),
            new RecordOperation(store, data, peers).Create(),
            .. new ValueOperations(data).Create(),
        ];
    }

    // What every figure of a store's operation contains beside the store: the loop, two delegates and the await.
    private static AskingOperation<bool> LoopOverhead() => new()
    {
        Name = "loop-overhead",
        Ask = static (batch, i) => new(!batch.Ids[i].IsEmpty),
        IsRight = static (_, _, answer) => answer,
    };
}
