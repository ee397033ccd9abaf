using System.Diagnostics;
using Libp2p;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Listing;

/// <summary>Enumerates all peers of a store.</summary>
/// <param name="kind">Which store.</param>
internal sealed class ListRun(StoreKind kind)
{
    private const int Rounds = 5;
    private readonly WireData _data = new(seed: 1);

    /// <summary>Measures both listings: of the store, and of its address book.</summary>
    /// <param name="peers">How many peers.</param>
    /// <param name="lines">Where to print.</param>
    public async ValueTask MeasureAsync(int peers, LineWriter lines)
    {
        await using var open = await OpenStore.OpenAsync(kind);
        await new StoreLoader(open.Store, _data).LoadAsync(0, peers);
        var floor = new Floor(_data, peers);
        _ = floor.MeasureThoroughly();
        lines.Write(await MeasureAsync("store", peers, floor, () => open.Store.GetPeersAsync()));
        lines.Write(await MeasureAsync("addresses", peers, floor, () => open.Store.Addresses.GetPeersAsync()));
    }

    private static async ValueTask<ListLine> MeasureAsync(
        string of, int peers, Floor floor, Func<IAsyncEnumerable<PeerId>> list)
    {
        List<double> seconds = [];
        List<double> bytes = [];
        List<double> floors = [];
        var longestStep = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            floors.Add(floor.Measure());
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var begin = Stopwatch.GetTimestamp();
            var (count, last) = (0, begin);
            await foreach (var peer in list())
            {
                count += peer.IsEmpty ? 0 : 1;
                var now = Stopwatch.GetTimestamp();
                longestStep = Math.Max(longestStep, now - last);
                last = now;
            }

            seconds.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - allocated);
            WrongAnswerException.ThrowIfAny("listing", peers - count);
        }

        var nsPerPeer = Statistics.Median(seconds) * 1e9 / peers;
        var floorNs = Statistics.Median(floors);
        return new()
        {
            Of = of,
            Peers = peers,
            Seconds = Statistics.Rounded(Statistics.Median(seconds)),
            NsPerPeer = Statistics.Rounded(nsPerPeer),
            LongestStepNs = (long)(longestStep * (1e9 / Stopwatch.Frequency)),
            BytesPerPeer = Statistics.Rounded(Statistics.Median(bytes) / peers),
            FloorNs = Statistics.Rounded(floorNs),
            Ratio = Statistics.Rounded(nsPerPeer / floorNs),
        };
    }
}
