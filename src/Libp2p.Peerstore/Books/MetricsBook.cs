namespace Libp2p.Peerstore;

/// <summary>The measurements in the engine.</summary>
internal sealed class MetricsBook(PeerstoreEngine engine) : IMetricsBook
{
    internal static readonly ChangeRule<TimeSpan, BookOutcome> Recording = new(
        static (in change, sample) =>
        {
            change.Entry.SetLatency(BookRules.Average(change.Entry.Latency, sample));
            return BookOutcome.Stored;
        },
        static (in peer, sample, out outcome) =>
        {
            outcome = BookOutcome.Stored;
            return BookRules.TryAverage(peer[EntrySection.Latency], sample);
        });

    public ValueTask<BookOutcome> RecordLatencyAsync(
        PeerId peer, TimeSpan latency, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        var outcome = engine.Change(peer, latency, Recording, BookOutcome.NoRoom, cancellationToken);
        return engine.AcknowledgeAsync(peer, outcome, cancellationToken);
    }

    public ValueTask<TimeSpan?> GetLatencyAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        var average = engine.Read(peer, state: true, static (in view, _, _) => view.Latency, cancellationToken);
        return new(average is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null);
    }

    public ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        engine.ChangeKnown(
            peer,
            state: true,
            static (in change, _) =>
            {
                change.Entry.SetLatency(null);
                return true;
            },
            cancellationToken);
        return engine.AcknowledgeAsync(peer, cancellationToken);
    }
}
