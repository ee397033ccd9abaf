namespace Libp2p.Peerstore;

/// <summary>What protocols, metadata and latency may become: the rules that single changes and atomic edits share.</summary>
internal static class BookRules
{
    /// <summary>go-libp2p's <c>LatencyEWMASmoothing</c>.</summary>
    private const double LatencySmoothing = 0.1;

    /// <summary>Whether no protocol ID is too long to be stored.</summary>
    public static bool AreShortEnough(string[] protocols, PeerstoreOptions options) =>
        !Array.Exists(protocols, protocol => protocol.Length > options.MaxProtocolIdLength);

    /// <summary>Joins protocols to former ones, by their characters, each once; null where they would be too many.</summary>
    public static string[]? Join(string[] former, string[] offered, PeerstoreOptions options)
    {
        string[] joined = [.. former, .. offered];
        Array.Sort(joined, StringComparer.Ordinal);
        var count = 0;
        foreach (var protocol in joined)
        {
            if (count == 0 || !string.Equals(joined[count - 1], protocol, StringComparison.Ordinal))
            {
                joined[count++] = protocol;
            }
        }

        if (count < joined.Length)
        {
            Array.Resize(ref joined, count);
        }

        return count > options.MaxProtocolsPerPeer ? null : joined;
    }

    public static string[] Without(string[] former, string[] removed) =>
        [.. former.Except(removed, StringComparer.Ordinal)];

    /// <summary>Whether a metadata value may be stored beside others.</summary>
    public static MetadataOutcome Check(
        MetadataTable values, ReadOnlySpan<byte> key, StoredValue value, PeerstoreOptions options)
    {
        var size = key.Length + value.Bytes.Length;
        if (size > options.MaxMetadataBytes)
        {
            return MetadataOutcome.TooLarge;
        }

        if (values.Count >= options.MaxMetadataKeysPerPeer && !values.Contains(key))
        {
            return MetadataOutcome.TooMany;
        }

        return size + values.SizeWithout(key) > options.MaxMetadataBytesPerPeer
            ? MetadataOutcome.TooLarge
            : MetadataOutcome.Stored;
    }

    /// <summary>The name of the limit that a value is too large for: that of a value, or else that of its peer.</summary>
    public static string SizeLimit(ReadOnlySpan<byte> key, StoredValue value, PeerstoreOptions options) =>
        key.Length + value.Bytes.Length > options.MaxMetadataBytes
            ? nameof(PeerstoreOptions.MaxMetadataBytes)
            : nameof(PeerstoreOptions.MaxMetadataBytesPerPeer);

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

    /// <summary>Averages over a stored latency, where it lies.</summary>
    /// <param name="stored">The section of the latency; empty where there is none.</param>
    /// <param name="sample">The measurement.</param>
    public static InPlaceResult TryAverage(Span<byte> stored, TimeSpan sample)
    {
        if (stored.IsEmpty)
        {
            return InPlaceResult.NotPossible;
        }

        var former = LatencySection.Read(stored);
        var average = Average(former, sample);
        LatencySection.Overwrite(average, stored);
        return average == former ? InPlaceResult.Unchanged : InPlaceResult.Changed;
    }
}
