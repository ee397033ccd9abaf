namespace Libp2p.Peerstore.Tests;

public class MetricsSamples
{
    [Fact]
    public async Task Latency()
    {
        await using var store = MemoryPeerstore.Create();
        var peer = Sample.NewPeer();
        #region metrics-latency
        await store.Metrics.RecordLatencyAsync(peer, TimeSpan.FromMilliseconds(100));
        await store.Metrics.RecordLatencyAsync(peer, TimeSpan.FromMilliseconds(200));

        var average = await store.Metrics.GetLatencyAsync(peer); // 110 ms
        #endregion

        Assert.Equal(TimeSpan.FromMilliseconds(110), average);
    }
}
