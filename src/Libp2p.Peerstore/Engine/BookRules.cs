using System.Text;

namespace Libp2p.Peerstore;

/// <summary>What protocols, metadata and latency may become: the rules that single changes and atomic edits share.</summary>
internal static class BookRules
{
    /// <summary>go-libp2p's <c>LatencyEWMASmoothing</c>.</summary>
    private const double LatencySmoothing = 0.1;

    /// <summary>Whether no protocol ID is too long to be stored.</summary>
    public static bool AreShortEnough(string[] protocols, PeerstoreOptions options) =>
        !Array.Exists(protocols, protocol => protocol.Length > options.MaxProtocolIdLength);

    /// <summary>Joins protocols to former ones; null where they would be too many.</summary>
    public static string[]? Join(string[] former, string[] offered, PeerstoreOptions options)
    {
        var sorted = former.Union(offered, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return sorted.Length > options.MaxProtocolsPerPeer ? null : sorted;
    }

    public static string[] Without(string[] former, string[] removed) =>
        [.. former.Except(removed, StringComparer.Ordinal)];

    /// <summary>Whether a metadata value may be stored beside others.</summary>
    public static MetadataOutcome Check(
        IReadOnlyDictionary<string, StoredValue>? values, string key, StoredValue value, PeerstoreOptions options)
    {
        if (Size(key, value) > options.MaxMetadataBytes)
        {
            return MetadataOutcome.TooLarge;
        }

        if (values is null)
        {
            return Size(key, value) > options.MaxMetadataBytesPerPeer ? MetadataOutcome.TooLarge : MetadataOutcome.Stored;
        }

        if (values.Count >= options.MaxMetadataKeysPerPeer && !values.ContainsKey(key))
        {
            return MetadataOutcome.TooMany;
        }

        long all = Size(key, value);
        foreach (var (otherKey, other) in values)
        {
            all += string.Equals(otherKey, key, StringComparison.Ordinal) ? 0 : Size(otherKey, other);
        }

        return all > options.MaxMetadataBytesPerPeer ? MetadataOutcome.TooLarge : MetadataOutcome.Stored;
    }

    /// <summary>The moving average in nanoseconds, cut towards zero: the first sample counts as it is.</summary>
    public static long Average(long? former, TimeSpan sample)
    {
        // A measurement beyond 292 years counts as that.
        const long Most = long.MaxValue / TimeSpan.NanosecondsPerTick;
        var nanoseconds = Math.Clamp(sample.Ticks, -Most, Most) * TimeSpan.NanosecondsPerTick;
        return former is { } average
            ? (long)(((1.0 - LatencySmoothing) * average) + (LatencySmoothing * nanoseconds))
            : nanoseconds;
    }

    private static int Size(string key, StoredValue value) => Encoding.UTF8.GetByteCount(key) + value.Bytes.Length;
}
