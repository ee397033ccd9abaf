using System.Globalization;

namespace Libp2p.Peerstore.Testing;

/// <summary>The steps about latency.</summary>
internal sealed class LatencySteps(Replay replay)
{
    // A sample loses less than 100 ns when it is cut; so does the average of such samples, and the answer once more.
    // Cutting the average to whole nanoseconds at each step adds up to less than 10 ns: 1 + 0.9 + 0.81 + ...
    private const long Grain = 210;
    private readonly HashSet<PeerId> _cut = [];

    public ValueTask RecordAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        var sample = new GoDuration(step.Fields.Number("latencyNs"));
        if (!sample.IsExact)
        {
            _ = _cut.Add(peer);
        }

        replay.Go.Measure(peer);
        replay.Contract.Measure(peer);
        return replay.ChangeAsync(step, stores: true, async () =>
            await replay.Store.Metrics.RecordLatencyAsync(peer, sample.Truncated, replay.CancellationToken)
                .ConfigureAwait(false));
    }

    public ValueTask GetAsync(ScenarioStep step)
    {
        var peer = replay.PeerOf(step);
        var wanted = new GoDuration(step.Answers("wantNs").Number("wantNs"));
        if (peer.IsEmpty && replay.Go.IsMeasured(peer))
        {
            replay.Log.Differ(DifferenceRules.EmptyPeer);
            wanted = default;
        }

        var near = _cut.Contains(peer);
        if (near)
        {
            replay.Log.Differ(DifferenceRules.LatencyGrain);
        }

        var text = Text(wanted.Truncated);
        return replay.CheckAsync(step, Expectation.Same(text), async () =>
        {
            var latency = await replay.Store.Metrics.GetLatencyAsync(peer, replay.CancellationToken)
                .ConfigureAwait(false) ?? TimeSpan.Zero;
            var apart = Math.Abs((latency.Ticks * GoDuration.NanosecondsPerTick) - wanted.Nanoseconds);
            return near && apart < Grain ? text : Text(latency);
        });
    }

    /// <summary>The peer has been removed, and its samples with it.</summary>
    public void Forget(PeerId peer) => _cut.Remove(peer);

    private static string Text(TimeSpan latency) => string.Create(
        CultureInfo.InvariantCulture, $"{latency.Ticks * GoDuration.NanosecondsPerTick} ns");
}
