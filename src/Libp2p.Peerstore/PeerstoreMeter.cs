using System.Diagnostics.Metrics;

namespace Libp2p.Peerstore;

/// <summary>What the stores of this process count, for <c>dotnet-counters</c>, OpenTelemetry or a <see cref="MeterListener"/>.</summary>
/// <remarks>
/// Listeners are called on the thread of whoever asked the store for something, never under a lock. Each counter has
/// the tag <c>limit</c>, the name of the option that was reached.
/// </remarks>
public static class PeerstoreMeter
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Libp2p.Peerstore";

    /// <summary>Things that were not stored because a limit was reached.</summary>
    public const string Refused = "libp2p.peerstore.refused";

    /// <summary>Things that made room for others.</summary>
    public const string Evicted = "libp2p.peerstore.evicted";

    /// <summary>Readers of address streams that fell behind and were given a fresh snapshot.</summary>
    public const string Resyncs = "libp2p.peerstore.resyncs";

    private const string LimitTag = "limit";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> RefusedCounter = Meter.CreateCounter<long>(Refused);
    private static readonly Counter<long> EvictedCounter = Meter.CreateCounter<long>(Evicted);
    private static readonly Counter<long> ResyncCounter = Meter.CreateCounter<long>(Resyncs);

    internal static void CountRefused(string limit, int number = 1) => Count(RefusedCounter, limit, number);

    /// <summary>Counts the limit that forbade an edit; those on addresses, records and peers count themselves.</summary>
    internal static void CountRefused(PeerEditOutcome outcome, string? sizeLimit)
    {
        var limit = outcome switch
        {
            PeerEditOutcome.TooManyProtocols => nameof(PeerstoreOptions.MaxProtocolsPerPeer),
            PeerEditOutcome.ProtocolTooLong => nameof(PeerstoreOptions.MaxProtocolIdLength),
            PeerEditOutcome.MetadataTooLarge => sizeLimit,
            PeerEditOutcome.RecordFromTheFuture => nameof(PeerstoreOptions.MaxSequenceAhead),
            PeerEditOutcome.TooManyMetadata => nameof(PeerstoreOptions.MaxMetadataKeysPerPeer),
            _ => null,
        };
        if (limit is not null)
        {
            CountRefused(limit);
        }
    }

    internal static void CountEvicted(string limit, int number) => Count(EvictedCounter, limit, number);

    internal static void CountResync() => Count(ResyncCounter, nameof(PeerstoreOptions.WatchBuffer), 1);

    private static void Count(Counter<long> counter, string limit, int number)
    {
        if (number > 0)
        {
            counter.Add(number, new KeyValuePair<string, object?>(LimitTag, limit));
        }
    }
}
