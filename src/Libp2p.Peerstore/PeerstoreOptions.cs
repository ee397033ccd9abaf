using System.Text.Json.Serialization.Metadata;

namespace Libp2p.Peerstore;

/// <summary>How a peerstore behaves and how much it holds at most.</summary>
/// <remarks>Immutable; safe to share between stores. The defaults of the limits that go-libp2p has are go-libp2p's.</remarks>
public sealed record PeerstoreOptions
{
    /// <summary>What a newer signed record does to the former one's addresses. Default: keeps them.</summary>
    public NewerRecordRule NewerRecord { get; init; } = NewerRecordRule.KeepFormer;

    /// <summary>What happens at the limits on all addresses, records and peers. Default: the least valuable makes room.</summary>
    public FullPolicy WhenFull { get; init; } = FullPolicy.EvictLeastValuable;

    /// <summary>Peers of which anything is known. Default 1,000,000.</summary>
    public int MaxPeers { get; init; } = 1_000_000;

    /// <summary>Addresses with an end, of all peers together. Default 1,000,000.</summary>
    public int MaxAddresses { get; init; } = 1_000_000;

    /// <summary>
    /// Addresses with an end of one peer; over it the one that ends first makes room. Zero or less: no limit.
    /// Default 64.
    /// </summary>
    public int MaxAddressesPerPeer { get; init; } = 64;

    /// <summary>
    /// Permanent and connected addresses of one peer; over it new ones are refused. go-libp2p has no such limit.
    /// Default 1,024.
    /// </summary>
    public int MaxEndlessAddressesPerPeer { get; init; } = 1024;

    /// <summary>Signed peer records. Default 100,000.</summary>
    public int MaxSignedRecords { get; init; } = 100_000;

    /// <summary>Protocols of one peer. Default 128.</summary>
    public int MaxProtocolsPerPeer { get; init; } = 128;

    /// <summary>Characters of one protocol ID. Default 256.</summary>
    public int MaxProtocolIdLength { get; init; } = 256;

    /// <summary>
    /// Bytes of memory of all sets of protocols that occur; a set that many peers have counts once. Over it, sets that no
    /// peer has yet are refused. Default 67,108,864.
    /// </summary>
    public long MaxProtocolSetBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of one metadata value and its key. Default 65,536.</summary>
    public int MaxMetadataBytes { get; init; } = 65_536;

    /// <summary>Bytes of all metadata values of one peer with their keys. Default 262,144.</summary>
    public int MaxMetadataBytesPerPeer { get; init; } = 262_144;

    /// <summary>Metadata values of one peer. Default 64.</summary>
    public int MaxMetadataKeysPerPeer { get; init; } = 64;

    /// <summary>Events that wait for one reader of an address stream before it is resynchronised. Default 256.</summary>
    public int WatchBuffer { get; init; } = 256;

    /// <summary>How often what has expired is swept out of memory. Answers never depend on it. Default 1 minute.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How far ahead of the clock a signed record's sequence number may be where it is a time, see
    /// <see cref="PeerRecordClock.IsFuture"/>; over it the record is refused, since no later one could take its place.
    /// Zero or less: no limit. Default 1 day. go-libp2p has no such limit.
    /// </summary>
    public TimeSpan MaxSequenceAhead { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What is accepted of signed records. Default <see cref="DecodeLimits.Default"/>.</summary>
    public DecodeLimits DecodeLimits { get; init; } = DecodeLimits.Default;

    /// <summary>
    /// Serialisers of types used as metadata, beside the built-in ones; usually a <c>JsonSerializerContext</c>.
    /// </summary>
    public IJsonTypeInfoResolver? MetadataTypes { get; init; }

    /// <summary>Whether a sequence number is further ahead than <see cref="MaxSequenceAhead"/> lets it be.</summary>
    /// <param name="sequence">The number.</param>
    /// <param name="now">What the clock shows, in ticks of 100 ns, in UTC.</param>
    internal bool IsTooFarAhead(ulong sequence, long now) =>
        MaxSequenceAhead > TimeSpan.Zero
        && PeerRecordClock.IsFuture(sequence, new DateTimeOffset(now, TimeSpan.Zero), MaxSequenceAhead);
}
