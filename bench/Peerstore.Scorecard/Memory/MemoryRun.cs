using System.Diagnostics;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Memory;

/// <summary>What a full store takes of memory, and what filling and using it asks of the garbage collector.</summary>
/// <param name="kind">Which store.</param>
/// <param name="updating">How long it is used.</param>
internal sealed class MemoryRun(StoreKind kind, TimeSpan updating)
{
    private const int UpdateBatch = 64;
    private const int WarmUpPeers = 20_000;
    private readonly WireData _data = new(seed: 1);

    /// <summary>Measures.</summary>
    /// <param name="peers">How many peers.</param>
    public async ValueTask<MemoryLine> MeasureAsync(int peers)
    {
        // What loading needs once, code and buffers, shall not be counted as the store's.
        await using (var small = await OpenStore.OpenAsync(kind))
        {
            await new StoreLoader(small.Store, _data).LoadAsync(0, WarmUpPeers);
        }

        var before = ProcessMemory.ReadCollected();
        await using var open = await OpenStore.OpenAsync(kind);
        var loader = new StoreLoader(open.Store, _data);
        var loadGc = new GcWatch();
        await loader.LoadAsync(0, peers, loadGc.Poll);
        var loadFigures = loadGc.Read();
        var after = ProcessMemory.ReadCollected();
        var (updates, updateFigures) = await UpdateAsync(open.Store, peers);
        var managed = (double)(after.Managed - before.Managed) / peers;
        var native = Math.Max(0, (double)(after.Resident - before.Resident - (after.Committed - before.Committed)) / peers);
        var floorBytes = WireSize.BytesPerPeer(_data, peers);
        var floorNs = new Floor(_data, peers).MeasureThoroughly();
        var loadNs = loader.Storing.TotalNanoseconds / peers;
        return new()
        {
            Peers = peers,
            ManagedBytesPerPeer = Statistics.Rounded(managed),
            NativeBytesPerPeer = Statistics.Rounded(native),
            BytesPerPeer = Statistics.Rounded(managed + native),
            FloorBytes = Statistics.Rounded(floorBytes),
            BytesRatio = Statistics.Rounded((managed + native) / floorBytes),
            ResidentBytes = after.Resident,
            LoadSeconds = Statistics.Rounded(loader.Storing.TotalSeconds),
            MakeSeconds = Statistics.Rounded(loader.Making.TotalSeconds),
            LoadNsPerPeer = Statistics.Rounded(loadNs),
            LoadGc = loadFigures,
            UpdatesPerSecond = Math.Round(updates),
            UpdateGc = updateFigures,
            FloorNs = Statistics.Rounded(floorNs),
            LoadRatio = Statistics.Rounded(loadNs / floorNs),
        };
    }

    private async ValueTask<(double PerSecond, GcFigures Gc)> UpdateAsync(IPeerstore store, int peers)
    {
        var picks = new PickList(peers, seed: 5);
        var numbers = new int[Math.Min(UpdateBatch, peers)];
        var gc = new GcWatch();
        var begin = Stopwatch.GetTimestamp();
        var (stored, done, wrong) = (TimeSpan.Zero, 0L, 0L);
        while (Stopwatch.GetElapsedTime(begin) < updating)
        {
            picks.Take(numbers);
            var ids = Array.ConvertAll(numbers, _data.Id);
            var addresses = Array.ConvertAll(numbers, _data.Addresses);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < ids.Length; i++)
            {
                var changes = await store.Addresses.AddAsync(ids[i], addresses[i], AddressTtl.Address);
                wrong += changes.Renewed + changes.Unchanged == WireData.AddressCount ? 0 : 1;
            }

            stored += Stopwatch.GetElapsedTime(start);
            done += ids.Length;
            gc.Poll();
        }

        WrongAnswerException.ThrowIfAny("updating", wrong);
        return (done / stored.TotalSeconds, gc.Read());
    }
}
