namespace Libp2p.Peerstore;

/// <summary>Measurements of peers.</summary>
public interface IMetricsBook
{
    /// <summary>Adds a measured round trip to the moving average of a peer.</summary>
    /// <remarks>
    /// The average is exponentially weighted: the first sample counts as it is, each later one for a tenth
    /// (go-libp2p's <c>LatencyEWMASmoothing</c>). It is kept in whole nanoseconds, cut towards zero.
    /// </remarks>
    /// <param name="peer">The peer.</param>
    /// <param name="latency">The measurement.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>Whether it was taken, or which limit forbade it.</returns>
    /// <exception cref="ArgumentException"><paramref name="peer"/> is empty.</exception>
    ValueTask<BookOutcome> RecordLatencyAsync(PeerId peer, TimeSpan latency, CancellationToken cancellationToken = default);

    /// <summary>Gets the moving average of a peer's latency, or null where nothing was measured.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask<TimeSpan?> GetLatencyAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Removes the measurements of a peer.</summary>
    /// <param name="peer">The peer. One that is unknown is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default);
}
