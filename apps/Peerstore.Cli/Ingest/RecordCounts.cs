using Libp2p.Peerstore;

namespace Peerstore.Cli.Ingest;

/// <summary>What became of signed records, in numbers.</summary>
internal sealed class RecordCounts
{
    /// <summary>Envelopes whose signature was verified and is good.</summary>
    public long Verified { get; set; }

    /// <summary>Envelopes that are, byte for byte, ones verified before.</summary>
    public long Repeated { get; set; }

    /// <summary>Those that became their peer's record.</summary>
    public long Accepted { get; private set; }

    /// <summary>Those that were their peer's record already.</summary>
    public long Refreshed { get; private set; }

    /// <summary>Those that lost to one with a higher sequence number.</summary>
    public long Stale { get; private set; }

    /// <summary>Those that were refused, by reason.</summary>
    public SortedDictionary<string, long> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts what a store answered.</summary>
    /// <param name="outcome">The answer.</param>
    public void Add(RecordOutcome outcome)
    {
        switch (outcome)
        {
            case RecordOutcome.Accepted:
                Accepted++;
                break;
            case RecordOutcome.Refreshed:
                Refreshed++;
                break;
            case RecordOutcome.Stale:
                Stale++;
                break;
            case RecordOutcome.NoRoom:
                IngestSummary.Increment(Refused, "no room for more records");
                break;
            case RecordOutcome.FromTheFuture:
                IngestSummary.Increment(Refused, "from the future");
                break;
            default:
                IngestSummary.Increment(Refused, outcome.ToString());
                break;
        }
    }
}
