namespace Libp2p.Peerstore;

/// <summary>The measurements in the engine.</summary>
internal sealed class MetricsBook(PeerstoreEngine engine) : IMetricsBook
{
    /// <summary>go-libp2p's <c>LatencyEWMASmoothing</c>.</summary>
    private const double Smoothing = 0.1;

    public ValueTask RecordLatencyAsync(PeerId peer, TimeSpan latency, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        engine.Change(
            peer,
            ToNanoseconds(latency),
            static (in change, sample) =>
            {
                change.Entry.SetLatency(change.Entry.Latency is { } average
                    ? (long)(((1.0 - Smoothing) * average) + (Smoothing * sample))
                    : sample);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    public ValueTask<TimeSpan?> GetLatencyAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        var average = engine.Read(peer, state: true, static (entry, _, _) => entry?.Latency, cancellationToken);
        return new(average is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null);
    }

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.Change(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.SetLatency(null);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <summary>A measurement beyond 292 years counts as that.</summary>
    private static long ToNanoseconds(TimeSpan latency) =>
        Math.Clamp(latency.Ticks, long.MinValue / TimeSpan.NanosecondsPerTick, long.MaxValue / TimeSpan.NanosecondsPerTick)
        * TimeSpan.NanosecondsPerTick;
}
