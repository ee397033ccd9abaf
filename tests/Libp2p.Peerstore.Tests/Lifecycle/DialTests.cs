using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Libp2p.Peerstore.Tests;

[Collection(nameof(MeterTests))]
public class DialTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_that_was_dialled_is_known_and_a_longer_lifetime_stays(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        await stage.AddAsync(Sample.Hour, Sample.Quic);
        Assert.Equal(1, (await stage.Lifecycle.DialSucceededAsync(stage.Peer, Sample.Tcp.WithPeer(stage.Peer), Token)).Added);
        await stage.Lifecycle.DialSucceededAsync(stage.Peer, Sample.Quic, Token);
        Assert.Equal(1, (await stage.Lifecycle.DialSucceededAsync(stage.Peer, Sample.Six.WithPeer(Sample.NewPeer()), Token)).OfOtherPeer);

        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));
        Assert.Equal(LifecycleStage.Texts(Sample.Quic), await stage.WithTtlAsync(Sample.Hour));
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task A_failed_dial_changes_nothing()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await stage.AddAsync(Sample.Hour, Sample.Tcp);
        var before = await stage.SnapshotAsync();
        await stage.Lifecycle.DialFailedAsync(stage.Peer, Sample.Tcp, Token);
        Assert.Equivalent(before, await stage.SnapshotAsync());
    }

    [Fact]
    public async Task Dials_and_departures_are_counted_by_their_results()
    {
        var counts = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name is PeerLifecycleMeter.Dials or PeerLifecycleMeter.Departures)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, number, tags, _) =>
            counts.AddOrUpdate($"{instrument.Name} {tags[0].Value}", number, (_, before) => before + number));
        listener.Start();
        var isKept = true;
        await using var stage = await LifecycleStage.SetAsync(options: new() { KeepPeer = _ => isKept });
        await stage.Lifecycle.DialSucceededAsync(stage.Peer, Sample.Tcp, Token);
        await stage.Lifecycle.DialFailedAsync(stage.Peer, Sample.Tcp, Token);
        await stage.Lifecycle.DialFailedAsync(stage.Peer, Sample.Tcp, Token);
        await stage.DisconnectAsync(await stage.ConnectAsync());
        stage.Clock.Advance(Sample.Minute);
        isKept = false;
        stage.Clock.Advance(Sample.Minute);

        string[] expected =
        [
            $"{PeerLifecycleMeter.Departures} kept 1",
            $"{PeerLifecycleMeter.Departures} removed 1",
            $"{PeerLifecycleMeter.Dials} failed 2",
            $"{PeerLifecycleMeter.Dials} succeeded 1",
        ];
        Assert.Equal(expected, counts.Select(static count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal));
    }
}
