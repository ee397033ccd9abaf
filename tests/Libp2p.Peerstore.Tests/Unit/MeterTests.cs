using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Libp2p.Peerstore.Tests;

[Collection(nameof(MeterTests))]
[CollectionDefinition(nameof(MeterTests), DisableParallelization = true)]
public sealed class MeterTests : IDisposable
{
    private static readonly string[] AllLimits =
    [
        $"{PeerstoreMeter.Evicted} {nameof(PeerstoreOptions.MaxAddressesPerPeer)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.DecodeLimits)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxAddresses)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxEndlessAddressesPerPeer)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxMetadataBytes)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxMetadataBytesPerPeer)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxMetadataKeysPerPeer)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxPeers)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxProtocolIdLength)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxProtocolSetBytes)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxProtocolsPerPeer)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxSequenceAhead)}",
        $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxSignedRecords)}",
        $"{PeerstoreMeter.Resyncs} {nameof(PeerstoreOptions.WatchBuffer)}",
    ];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public MeterTests()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (string.Equals(instrument.Meter.Name, PeerstoreMeter.Name, StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, number, tags, _) =>
            _counts.AddOrUpdate($"{instrument.Name} {tags[0].Value}", number, (_, before) => before + number));
        _listener.Start();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Every_limit_that_is_reached_is_counted_by_its_name()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory, new()
        {
            WhenFull = FullPolicy.RefuseNew,
            MaxPeers = 3,
            MaxAddresses = 2,
            MaxAddressesPerPeer = 1,
            MaxEndlessAddressesPerPeer = 2,
            MaxSignedRecords = 1,
            MaxProtocolsPerPeer = 1,
            MaxProtocolIdLength = 4,
            MaxProtocolSetBytes = 165,
            MaxMetadataBytes = 4,
            MaxMetadataBytesPerPeer = 3,
            MaxMetadataKeysPerPeer = 1,
            WatchBuffer = 1,
            SweepInterval = TimeSpan.Zero,
        });
        var (peer, key) = (Sample.NewPeer(), Sample.NewKey());
        await using var stream = store.Addresses.WatchAsync(peer, Token).GetAsyncEnumerator(Token);
        var first = stream.MoveNextAsync();
        await store.Addresses.AddAsync(peer, [Sample.Tcp, Sample.Quic, Sample.Six], Sample.Hour, Token);
        await store.Addresses.AddAsync(peer, [Sample.Address(1), Sample.Address(2), Sample.Address(3)], AddressTtl.Connected, Token);
        while (await first && stream.Current.Kind != AddressEventKind.Resync)
        {
            first = stream.MoveNextAsync();
        }

        await store.Records.ConsumeAsync(Sample.Record(key, 1, Sample.Tcp, Sample.Quic), Sample.Hour, Token);
        await store.Records.ConsumeAsync(Sample.Record(Sample.NewKey(), 1, Sample.Tcp), Sample.Hour, Token);
        await store.Records.ConsumeAsync(new byte[1 << 20], Sample.Hour, Token);
        await store.Records.ConsumeAsync(Sample.Record(key, ulong.MaxValue, Sample.Tcp), Sample.Hour, Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        await store.Peers.Protocols.SetAsync(peer, ["/a", "/b"], Token);
        await store.Peers.Protocols.SetAsync(peer, ["/long"], Token);
        await store.Peers.Protocols.SetAsync(peer, ["/set"], Token);
        await store.Peers.Metadata.SetAsync(peer, "k", 1, Token);
        await store.Peers.Metadata.SetAsync(peer, "l", 1, Token);
        await store.Peers.Metadata.SetAsync(peer, "k", "too long", Token);
        await store.Peers.Metadata.SetAsync(peer, "k", 123, Token);

        await store.Peers.Metrics.RecordLatencyAsync(Sample.NewPeer(), Sample.Hour, Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], AddressTtl.Permanent, Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);

        Assert.Equal(AllLimits, _counts.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_limit_that_forbids_an_edit_is_counted_by_its_name()
    {
        await using var store = await TestStore.OpenAsync(
            StoreKind.Memory, new() { MaxMetadataBytes = 4, MaxMetadataBytesPerPeer = 3 });
        var record = Sample.Record(Sample.NewKey(), ulong.MaxValue, Sample.Tcp);
        await store.Peers.UpdatePeerAsync(record.Peer, edit => edit.Consume(record, Sample.Hour), Token);
        await store.Peers.UpdatePeerAsync(record.Peer, static edit => edit.SetMetadata("k", 123), Token);
        await store.Peers.UpdatePeerAsync(record.Peer, static edit => edit.SetMetadata("k", 1234), Token);
        string[] reached =
        [
            $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxMetadataBytes)}",
            $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxMetadataBytesPerPeer)}",
            $"{PeerstoreMeter.Refused} {nameof(PeerstoreOptions.MaxSequenceAhead)}",
        ];
        Assert.Equal(reached, _counts.Keys.Order(StringComparer.Ordinal));
    }
}
