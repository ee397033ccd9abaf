using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Expiry;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Shrinking;

/// <summary>A burst of peers comes and expires among others that stay: what memory the store has then, beside what it needs.</summary>
/// <param name="kind">Which store.</param>
internal sealed class ShrinkRun(StoreKind kind)
{
    /// <summary>Every so many peers one stays; it lies between those of the burst.</summary>
    private const int BurstPerStaying = 10;
    private const int WarmUpPeers = 20_000;
    private readonly WireData _data = new(seed: 1);

    /// <summary>Measures, after a small burst for all that the process needs once.</summary>
    /// <param name="burst">How many peers expire.</param>
    public async ValueTask<ShrinkLine> MeasureAsync(int burst)
    {
        _ = await MeasureOnceAsync(Math.Min(burst, WarmUpPeers));
        return await MeasureOnceAsync(burst);
    }

    private async ValueTask<ShrinkLine> MeasureOnceAsync(int burst)
    {
        var staying = Math.Max(1, burst / BurstPerStaying);
        var ids = new PeerId[2 * staying];
        for (var i = 0; i < staying; i++)
        {
            (ids[2 * i], ids[(2 * i) + 1]) = (Staying(i), Passing(i));
        }

        var need = await MeasureNeedAsync(staying);
        var before = ProcessMemory.ReadCollected();
        var clock = new StoppedClock();
        await using var open = await OpenStore.OpenAsync(kind, clock);
        for (var i = 0; i < burst; i++)
        {
            await AddAsync(open.Store, i, AddressTtl.Address / 2);
            if (i % BurstPerStaying == 0 && i / BurstPerStaying < staying)
            {
                await AddAsync(open.Store, ~(i / BurstPerStaying), AddressTtl.Address);
            }
        }

        await FlushAsync(open.Store);
        var peak = ProcessMemory.ReadCollected() - before;
        clock.Advance(AddressTtl.Address / 2);
        var reader = new BackgroundReader(
            open.Store, ids, static (index, count) => count == (int.IsEvenInteger(index) ? WireData.AddressCount : 0));
        var (gc, sweep) = (new GcWatch(), TimeSpan.Zero);
        var reads = await reader.DuringAsync(async () => sweep = await SweepAsync(open.Store, burst));
        var gcFigures = gc.Read();
        await FlushAsync(open.Store);
        var swept = ProcessMemory.Read() - before;
        var collected = ProcessMemory.ReadCollected() - before;
        GC.KeepAlive(ids);
        return new()
        {
            Peers = burst,
            StayingPeers = staying,
            Need = need,
            Peak = peak,
            Swept = swept,
            Collected = collected,
            SweepMs = Statistics.Rounded(sweep.TotalMilliseconds),
            Reads = reads,
            Gc = gcFigures,
            NativeRatio = Quotient(collected.Native, need.Native),
            ManagedRatio = Quotient(collected.Managed, need.Managed),
            SweptRatio = Quotient(swept.Resident, need.Resident),
            Ratio = Quotient(collected.Resident, need.Resident),
        };
    }

    private async ValueTask<ProcessMemory> MeasureNeedAsync(int staying)
    {
        var before = ProcessMemory.ReadCollected();
        await using var open = await OpenStore.OpenAsync(kind, new StoppedClock());
        for (var i = 0; i < staying; i++)
        {
            await AddAsync(open.Store, ~i, AddressTtl.Address);
        }

        await FlushAsync(open.Store);
        return ProcessMemory.ReadCollected() - before;
    }

    private static async ValueTask<TimeSpan> SweepAsync(IPeerstore store, int burst)
    {
        var sweeper = store as ISweepable ?? throw new ScorecardException("The store cannot be told to sweep.");
        var start = Stopwatch.GetTimestamp();
        var swept = await sweeper.SweepAsync();
        WrongAnswerException.ThrowIfAny("sweeping", ((long)burst * WireData.AddressCount) - swept);
        return Stopwatch.GetElapsedTime(start);
    }

    private async ValueTask AddAsync(IPeerstore store, int number, TimeSpan ttl)
    {
        var changes = await store.Addresses.AddAsync(_data.Id(number), _data.Addresses(number), ttl);
        WrongAnswerException.ThrowIfAny("adding", WireData.AddressCount - changes.Added);
    }

    private static async ValueTask FlushAsync(IPeerstore store)
    {
        if (store is SqlitePeerstore durable)
        {
            await durable.FlushAsync();
        }
    }

    private PeerId Staying(int number) => _data.Id(~number);

    private PeerId Passing(int number) => _data.Id(number);

    private static double Quotient(long bytes, long need) => need > 0 ? Statistics.Rounded((double)bytes / need) : 0;
}
