using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.Scorecard.Operations;

/// <summary>The operations of the books of keys, latencies and metadata.</summary>
/// <param name="store">The store, filled.</param>
internal sealed class BookOperations(IPeerstore store)
{
    private const string Agent = "kubo/0.30.0/";
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(42);

    // A tenth of a new measurement counts.
    private static readonly TimeSpan Next = TimeSpan.FromMilliseconds(52);
    private static readonly TimeSpan Average = TimeSpan.FromMilliseconds(43);

    /// <summary>All of them.</summary>
    public IEnumerable<Operation> Create() => [Key(), Record(), Latency(), Put(), Get()];

    private AskingOperation<PublicKey?> Key() => new()
    {
        Name = "PubKey",
        Ask = (batch, i) => store.Keys.GetPublicKeyAsync(batch.Ids[i]),
        IsRight = static (batch, i, answer) => answer is not null && answer.Raw[31] == batch.Ids[i].Bytes[37],
    };

    private AskingOperation<BookOutcome> Record() => new()
    {
        Name = "RecordLatency",
        BatchSize = Operation.Prepared,
        PrepareAsync = RecordAll,
        Ask = (batch, i) => store.Metrics.RecordLatencyAsync(batch.Ids[i], Next),
        IsRight = static (_, _, answer) => answer == BookOutcome.Stored,
        SettleAsync = batch => ForgetLatencies(batch, Average),
    };

    private AskingOperation<TimeSpan?> Latency() => new()
    {
        Name = "LatencyEWMA",
        BatchSize = Operation.Prepared,
        PrepareAsync = RecordAll,
        Ask = (batch, i) => store.Metrics.GetLatencyAsync(batch.Ids[i]),
        IsRight = static (_, _, answer) => answer == RoundTrip,
        SettleAsync = batch => ForgetLatencies(batch, RoundTrip),
    };

    private AskingOperation<MetadataOutcome> Put() => new()
    {
        Name = "Metadata-Put",
        BatchSize = Operation.Prepared,
        PrepareAsync = PutAll,
        Ask = (batch, i) => store.Metadata.SetAsync(batch.Ids[i], MetadataKeys.AgentVersion, Agent),
        IsRight = static (_, _, answer) => answer == MetadataOutcome.Stored,
        SettleAsync = ForgetMetadata,
    };

    private AskingOperation<MetadataValue<string>> Get() => new()
    {
        Name = "Metadata-Get",
        BatchSize = Operation.Prepared,
        PrepareAsync = PutAll,
        Ask = (batch, i) => store.Metadata.TryGetAsync<string>(batch.Ids[i], MetadataKeys.AgentVersion),
        IsRight = static (_, _, answer) => answer.Found && string.Equals(answer.Value, Agent, StringComparison.Ordinal),
        SettleAsync = ForgetMetadata,
    };

    private async ValueTask RecordAll(OperationBatch batch)
    {
        foreach (var id in batch.Ids)
        {
            await store.Metrics.RecordLatencyAsync(id, RoundTrip);
        }
    }

    private async ValueTask<int> ForgetLatencies(OperationBatch batch, TimeSpan expected)
    {
        var wrong = 0;
        foreach (var id in batch.Ids)
        {
            wrong += await store.Metrics.GetLatencyAsync(id) == expected ? 0 : 1;
            await store.Metrics.RemovePeerAsync(id);
        }

        return wrong;
    }

    private async ValueTask PutAll(OperationBatch batch)
    {
        foreach (var id in batch.Ids)
        {
            await store.Metadata.SetAsync(id, MetadataKeys.AgentVersion, "go-ipfs/0.13.0/");
            await store.Metadata.SetAsync(id, MetadataKeys.AgentVersion, Agent);
        }
    }

    private async ValueTask<int> ForgetMetadata(OperationBatch batch)
    {
        foreach (var id in batch.Ids)
        {
            await store.Metadata.RemovePeerAsync(id);
        }

        return 0;
    }
}
