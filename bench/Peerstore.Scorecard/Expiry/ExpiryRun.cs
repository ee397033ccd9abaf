using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Expiry;

/// <summary>All addresses of many peers expire at once and are swept, while another thread reads.</summary>
/// <param name="kind">Which store.</param>
internal sealed class ExpiryRun(StoreKind kind)
{
    private readonly WireData _data = new(seed: 1);

    /// <summary>Measures.</summary>
    /// <param name="peers">How many peers expire; half as many more live on.</param>
    public async ValueTask<ExpiryLine> MeasureAsync(int peers)
    {
        var ids = new PeerId[peers + (peers / 2)];
        var clock = new StoppedClock();
        await using var open = await OpenStore.OpenAsync(kind, clock);
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = _data.Id(i);
            var ttl = i < peers ? AddressTtl.Address : 2 * AddressTtl.Address;
            var changes = await open.Store.Addresses.AddAsync(ids[i], _data.Addresses(i), ttl);
            WrongAnswerException.ThrowIfAny("adding", WireData.AddressCount - changes.Added);
        }

        var floorNs = new Floor(_data, ids.Length).MeasureThoroughly();
        clock.Advance(AddressTtl.Address);
        GC.Collect();
        var sweeper = open.Store as ISweepable ?? throw new ScorecardException("The store cannot be told to sweep.");
        var reader = new BackgroundReader(open.Store, ids, (index, count) => count == (index < peers ? 0 : WireData.AddressCount));
        var (swept, sweep) = (0, TimeSpan.Zero);
        var gc = new GcWatch();
        var reads = await reader.DuringAsync(async () =>
        {
            var start = Stopwatch.GetTimestamp();
            swept = await sweeper.SweepAsync();
            sweep = Stopwatch.GetElapsedTime(start);
        });
        var gcFigures = gc.Read();
        WrongAnswerException.ThrowIfAny("sweeping", (peers * WireData.AddressCount) - swept);
        var quiet = new BackgroundReader(open.Store, ids[peers..], static (_, count) => count == WireData.AddressCount);
        var nsPerAddress = sweep.TotalNanoseconds / swept;
        return new()
        {
            Peers = peers,
            Addresses = swept,
            LivingPeers = ids.Length - peers,
            SweepMs = Statistics.Rounded(sweep.TotalMilliseconds),
            Reads = reads,
            QuietReads = await quiet.DuringAsync(() => new ValueTask(Task.Delay(sweep))),
            Gc = gcFigures,
            NsPerAddress = Statistics.Rounded(nsPerAddress),
            FloorNs = Statistics.Rounded(floorNs),
            Ratio = Statistics.Rounded(nsPerAddress / floorNs),
        };
    }
}
