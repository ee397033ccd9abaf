using static Libp2p.Peerstore.Testing.Given;

namespace Libp2p.Peerstore.Testing;

/// <summary>Latency.</summary>
internal static class MetricsChecks
{
    public static CheckList All { get; } = new()
    {
        { "RecordLatency records a new latency measurement", The_first_measurement_counts_as_it_is },
        {
            "LatencyEWMA returns an exponentially-weighted moving avg. of all measurements of a peer's latency.",
            Each_later_measurement_counts_for_a_tenth
        },
        { "Metrics tracks metrics across a set of peers.", Measurements_are_told_apart_by_peer },
        { "RemovePeer removes all metrics stored for a peer.", Removing_measurements_starts_the_average_anew },
    };

    private static async Task The_first_measurement_counts_as_it_is(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        Expect.Equal(null, await s.Metrics.GetLatencyAsync(peer));
        Expect.Equal(null, await s.Metrics.GetLatencyAsync(default));
        Expect.Equal(BookOutcome.Stored, await s.Metrics.RecordLatencyAsync(peer, Tick));
        Expect.Equal(Tick, await s.Metrics.GetLatencyAsync(peer));
    }

    private static async Task Each_later_measurement_counts_for_a_tenth(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peer = Peer();
        await s.Metrics.RecordLatencyAsync(peer, TimeSpan.FromMilliseconds(100));
        await s.Metrics.RecordLatencyAsync(peer, TimeSpan.FromMilliseconds(200));
        Expect.Equal(TimeSpan.FromMilliseconds(110), await s.Metrics.GetLatencyAsync(peer));
        await s.Metrics.RecordLatencyAsync(peer, TimeSpan.FromMilliseconds(10));
        Expect.Equal(TimeSpan.FromMilliseconds(100), await s.Metrics.GetLatencyAsync(peer));
    }

    private static async Task Measurements_are_told_apart_by_peer(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var peers = Peers(2);
        await s.Metrics.RecordLatencyAsync(peers[0], Minute);
        await s.Metrics.RecordLatencyAsync(peers[1], Hour);
        Expect.Equal(Minute, await s.Metrics.GetLatencyAsync(peers[0]));
        Expect.Equal(Hour, await s.Metrics.GetLatencyAsync(peers[1]));
    }

    private static async Task Removing_measurements_starts_the_average_anew(StoreBench bench)
    {
        await using var s = await bench.OpenAsync();
        var (peer, other) = (Peer(), Peer());
        await s.Metrics.RecordLatencyAsync(peer, Hour);
        await s.Metrics.RecordLatencyAsync(other, Hour);
        await s.Metrics.RemovePeerAsync(peer);
        await s.Metrics.RemovePeerAsync(Peer());
        Expect.Equal(null, await s.Metrics.GetLatencyAsync(peer));
        Expect.Set([other], await s.PeersAsync());
        await s.Metrics.RecordLatencyAsync(peer, Minute);
        Expect.Equal(Minute, await s.Metrics.GetLatencyAsync(peer));
    }
}
