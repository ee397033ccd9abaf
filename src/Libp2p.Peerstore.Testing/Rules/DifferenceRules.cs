namespace Libp2p.Peerstore.Testing;

/// <summary>
/// The rules by which the contract's answer is wanted instead of go-libp2p's. None is applied on a name or a mark: go's
/// behaviour is modelled beside the contract's, and only an answer that go's model explains exactly, and the contract's
/// model contradicts, is exchanged for the contract's.
/// </summary>
internal static class DifferenceRules
{
    public static readonly ConformanceRule PeersOfAllBooks = new(
        "peers-of-all-books",
        "The contract lists the peers of all books; go's store only those with addresses or keys.");

    public static readonly ConformanceRule InlineKeyRead = new(
        "read-stores-inline-key",
        "A read must not write; go stores a public key that it found in the peer ID when it is asked for it.");

    public static readonly ConformanceRule ProtocolDuplicates = new(
        "protocol-limit-counts-repeats",
        "The limit is on protocols that a peer has; go also counts those given twice or known already.");

    public static readonly ConformanceRule ProtocolLength = new(
        "protocol-id-length",
        "A protocol ID has a greatest length here, so that a peer cannot fill the store with one.");

    public static readonly ConformanceRule FullStoreRefresh = new(
        "full-store-drops-refresh",
        "A known address takes no room, so that a full store renews it; go's does nothing at all.");

    public static readonly ConformanceRule FullStoreBatch = new(
        "full-store-batch-overshoots",
        "The limit on all addresses holds within a batch too; go checks it once before the batch.");

    public static readonly ConformanceRule SupersededSuffix = new(
        "superseded-suffix-survives",
        "An address of a superseded record goes however it was written; go keeps it where the record wrote it with "
        + "the peer's own ID.");

    public static readonly ConformanceRule EmptyPeer = new(
        "empty-peer-id",
        "The empty peer ID names nobody: storing something for it is a caller's mistake; go stores it.");

    public static readonly ConformanceRule StaleUnverified = new(
        "stale-before-verification",
        "A record older than the stored one is ignored whoever signed it: a store may say so without the cost of "
        + "verifying it, or verify it and say that it is bad.");

    public static readonly ConformanceRule LatencyGrain = new(
        "latency-finer-than-100ns",
        "A TimeSpan counts in 100 ns: where a sample is finer, the average is compared within 210 ns.");

    public static readonly ConformanceRule EqualEnds = new(
        "equal-ends-make-room",
        "Of addresses that end at the same instant any may make room; which one go's heap takes is an accident.");
}
