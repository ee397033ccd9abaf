using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Operations;

namespace Peerstore.Scorecard.Records;

/// <summary>What a store does with the bytes of a signed record.</summary>
/// <param name="store">The store.</param>
/// <param name="certified">Its side that takes records.</param>
/// <param name="samples">The records.</param>
internal sealed class RecordOperations(IPeerstore store, ICertifiedAddressBook certified, RecordSamples samples)
{
    /// <summary>Verification alone: what every other figure is compared with.</summary>
    public Operation Verification() => new ValueOperation<EnvelopeOutcome>
    {
        Name = "verification-alone",
        Peers = samples.Ids.Length,
        BatchSize = samples.Ids.Length,
        Ids = number => samples.Ids[number],
        Do = (batch, i) => PeerRecord.TryOpen(samples.Usual[batch.Numbers[i]], out _),
        IsRight = static (_, _, answer) => answer == EnvelopeOutcome.Opened,
    };

    /// <summary>All others.</summary>
    public IEnumerable<Operation> Create() =>
    [
        Consume("new-record", samples.Usual, RecordOutcome.Accepted, ClearAll),
        Consume("same-bytes-again", samples.Usual, RecordOutcome.Refreshed, StoreUsual),
        Consume("lower-sequence", samples.Older, RecordOutcome.Stale, StoreUsual),
        Consume("higher-sequence-same-addresses", samples.Newer, RecordOutcome.Accepted, StoreUsual),
    ];

    private AskingOperation<RecordOutcome> Consume(
        string name, byte[][] envelopes, RecordOutcome right, Func<OperationBatch, ValueTask> prepare) =>
        new()
        {
            Name = name,
            Peers = samples.Ids.Length,
            BatchSize = samples.Ids.Length,
            Ids = number => samples.Ids[number],
            PrepareAsync = prepare,
            Ask = (batch, i) => certified.ConsumeAsync(envelopes[batch.Numbers[i]], AddressTtl.Address),
            IsRight = (_, _, answer) => answer == right,
        };

    private async ValueTask ClearAll(OperationBatch batch)
    {
        foreach (var id in batch.Ids)
        {
            await store.Addresses.ClearAsync(id);
        }
    }

    private async ValueTask StoreUsual(OperationBatch batch)
    {
        await ClearAll(batch);
        foreach (var number in batch.Numbers)
        {
            await certified.ConsumeAsync(samples.Usual[number], AddressTtl.Address);
        }
    }
}
