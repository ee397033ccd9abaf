using System.Collections.Immutable;

namespace Libp2p.Peerstore.Tests;

/// <summary>A plain model of what a store knows of one peer: the contract in its simplest form.</summary>
/// <remarks>
/// A value: an operation makes a new one. It has no limits and no sweep: <see cref="At"/> forgets what has expired. It
/// shares no code with the engine.
/// </remarks>
internal sealed partial record PeerModel
{
    private static readonly ImmutableSortedDictionary<string, string> NoMetadata =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static readonly ImmutableSortedSet<string> NoProtocols = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public NewerRecordRule Rule { get; init; }

    public ImmutableSortedDictionary<Multiaddr, KnownAddress> Addresses { get; init; } =
        ImmutableSortedDictionary<Multiaddr, KnownAddress>.Empty;

    public SampleRecord? Record { get; init; }

    public ImmutableSortedSet<string> Protocols { get; init; } = NoProtocols;

    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = NoMetadata;

    /// <summary>The moving average in nanoseconds.</summary>
    public long? Latency { get; init; }

    public bool HasPublicKey { get; init; }

    public bool HasPrivateKey { get; init; }

    public bool HasKeys => HasPublicKey || HasPrivateKey;

    public bool IsKnown => !Addresses.IsEmpty || HasKeys || !Protocols.IsEmpty || !Metadata.IsEmpty || Latency is not null;

    /// <summary>The same peer at a later instant.</summary>
    public PeerModel At(long now) => (this with
    {
        Addresses = Addresses.RemoveRange(Addresses.Where(pair => pair.Value.End <= now).Select(static pair => pair.Key)),
    }).WithoutIdleRecord();

    /// <summary>The same peer in another process that opens the same file: connections have ended.</summary>
    public PeerModel Reopened(long now)
    {
        var recently = AddressTtl.RecentlyConnected;
        return At(now) with
        {
            Addresses = Addresses.Where(pair => pair.Value.End > now).ToImmutableSortedDictionary(
                static pair => pair.Key,
                pair => pair.Value.Ttl == AddressTtl.Connected
                    ? pair.Value with { Ttl = recently, End = KnownAddress.EndOf(recently, now) }
                    : pair.Value),
        };
    }

    public PeerModel Removed() => WithoutKeys() with { Protocols = NoProtocols, Metadata = NoMetadata, Latency = null };

    public PeerModel WithoutKeys() => this with { HasPublicKey = false, HasPrivateKey = false };

    /// <summary>go-libp2p's moving average: the first sample as it is, later ones for a tenth.</summary>
    public PeerModel Measured(TimeSpan latency)
    {
        var sample = latency.Ticks * TimeSpan.NanosecondsPerTick;
        return this with { Latency = Latency is { } average ? (long)(((1.0 - 0.1) * average) + (0.1 * sample)) : sample };
    }

    public bool Equals(PeerModel? other) =>
        other is not null
        && (Record, Latency, HasPublicKey, HasPrivateKey) == (other.Record, other.Latency, other.HasPublicKey, other.HasPrivateKey)
        && Addresses.Keys.SequenceEqual(other.Addresses.Keys)
        && Addresses.Values.SequenceEqual(other.Addresses.Values)
        && Protocols.SequenceEqual(other.Protocols)
        && Metadata.Keys.SequenceEqual(other.Metadata.Keys)
        && Metadata.Values.SequenceEqual(other.Metadata.Values);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (address, known) in Addresses)
        {
            hash.Add(address);
            hash.Add(known.Ttl);
        }

        hash.Add(Record?.Record.Sequence);
        hash.Add(Latency);
        hash.Add(Protocols.Count);
        hash.Add(Metadata.Count);
        return hash.ToHashCode();
    }

    private PeerModel WithoutIdleRecord() => Addresses.IsEmpty && Record is not null ? this with { Record = null } : this;
}
