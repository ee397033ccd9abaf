using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Durable;

/// <summary>Writes peers to a file, opens it again, and reads while writing goes on.</summary>
/// <param name="directory">Where the files are.</param>
/// <param name="peers">How many peers.</param>
/// <param name="reading">How long is read while writing goes on.</param>
internal sealed class DurableRun(string directory, int peers, TimeSpan reading)
{
    private readonly WireData _data = new(seed: 1);

    /// <summary>Writes, closes and opens again.</summary>
    /// <param name="mode">How.</param>
    /// <param name="commit">A bare commit.</param>
    public async ValueTask<DurableLine> WriteAsync(DurableMode mode, CommitLine commit)
    {
        var path = PathOf(mode);
        StoreLoader loader;
        TimeSpan storing;
        TimeSpan flushing;
        await using (var store = await SqlitePeerstore.OpenAsync(path, mode.Options))
        {
            loader = new StoreLoader(store, _data);
            await loader.LoadAsync(0, peers);
            storing = loader.Storing;
            var flush = Stopwatch.GetTimestamp();
            await store.FlushAsync();
            flushing = Stopwatch.GetElapsedTime(flush);
        }

        var bytes = new FileInfo(path).Length;
        var begin = Stopwatch.GetTimestamp();
        await using (var again = await SqlitePeerstore.OpenAsync(path, mode.Options))
        {
            var reopening = Stopwatch.GetElapsedTime(begin);
            WrongAnswerException.ThrowIfAny("opening again", await CountMissingAsync(again));
            var total = storing + loader.Making + flushing;
            return new()
            {
                Mode = mode.Name,
                Peers = peers,
                PeersPerSecond = Math.Round(peers / total.TotalSeconds),
                StoreSeconds = Statistics.Rounded(storing.TotalSeconds),
                MakeSeconds = Statistics.Rounded(loader.Making.TotalSeconds),
                FlushSeconds = Statistics.Rounded(flushing.TotalSeconds),
                ReopenSeconds = Statistics.Rounded(reopening.TotalSeconds),
                FileBytesPerPeer = Statistics.Rounded((double)bytes / peers),
                FileBytesRatio = Statistics.Rounded(bytes / (peers * WireSize.BytesPerPeer(_data, peers))),
                CommitNs = commit.NsPerCommit,
                PeersPerCommitTime = Statistics.Rounded(peers / total.TotalSeconds * commit.NsPerCommit / 1e9),
            };
        }
    }

    /// <summary>Says what the file that was written before is filled with, and what is left of that after a compaction.</summary>
    /// <param name="mode">How it was written.</param>
    public async IAsyncEnumerable<FileLine> LookAsync(DurableMode mode)
    {
        yield return await LookAsync(PathOf(mode), mode.Name);
        var copy = PathOf(mode) + "-compacted";
        await PeerstoreFile.BackupAsync(PathOf(mode), copy);
        await PeerstoreFile.CompactAsync(copy);
        yield return await LookAsync(copy, "compacted");
    }

    /// <summary>Reads from a filled file while new peers are written at full speed.</summary>
    /// <param name="mode">How; the one of the file that was written before.</param>
    public async ValueTask<ReadingLine> ReadFileAsync(DurableMode mode)
    {
        await using var store = await SqlitePeerstore.OpenAsync(PathOf(mode), mode.Options);
        return await ReadAsync(store, mode.Name);
    }

    /// <summary>Does the same with a store in memory.</summary>
    public async ValueTask<ReadingLine> ReadMemoryAsync()
    {
        await using var open = await OpenStore.OpenAsync(StoreKind.Memory);
        await new StoreLoader(open.Store, _data).LoadAsync(0, peers);
        return await ReadAsync(open.Store, "memory");
    }

    private static async ValueTask<FileLine> LookAsync(string path, string of)
    {
        var (check, layout) = (await PeerstoreFile.CheckAsync(path), FileLayout.Read(path));
        WrongAnswerException.ThrowIfAny("the check of the file", check.Findings.Count);
        var idBytes = check.Peers * WireBytes.IdLength;
        return new()
        {
            Of = of,
            Peers = check.Peers,
            FileBytes = check.FileBytes,
            EntryBytes = check.EntryBytes,
            IdBytes = idBytes,
            RowBytes = layout.Cells - check.EntryBytes - idBytes,
            PageBytes = layout.Heads,
            EmptyBytes = layout.Empty,
            OtherBytes = layout.Other,
            Ratio = Statistics.Rounded((double)check.FileBytes / check.EntryBytes),
        };
    }

    private async ValueTask<ReadingLine> ReadAsync(IPeerstore store, string of)
    {
        var ids = new PeerId[peers];
        for (var i = 0; i < peers; i++)
        {
            ids[i] = _data.Id(i);
        }

        var floorNs = new Floor(_data, peers).MeasureThoroughly();
        var written = 0;
        var gc = new GcWatch();
        var reader = new BackgroundReader(store, ids, static (_, count) => count == WireData.AddressCount);
        var reads = await reader.DuringAsync(async () =>
        {
            const int Batch = 256;
            var loader = new StoreLoader(store, _data);
            for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < reading; written += Batch)
            {
                await loader.LoadAsync(peers + written, Batch, gc.Poll);
            }
        });
        return new()
        {
            Of = of,
            Peers = peers,
            WrittenPerSecond = Math.Round(written / reading.TotalSeconds),
            Reads = reads,
            Gc = gc.Read(),
            FloorNs = Statistics.Rounded(floorNs),
            Ratio = Statistics.Rounded(reads.MeanNs / floorNs),
            RunningRatio = reads.RunningNs is { } running ? Statistics.Rounded(running / floorNs) : null,
        };
    }

    private async ValueTask<int> CountMissingAsync(SqlitePeerstore store)
    {
        var missing = 0;
        for (var i = 0; i < peers; i++)
        {
            missing += (await store.Addresses.GetAsync(_data.Id(i))).Count == WireData.AddressCount ? 0 : 1;
        }

        return missing;
    }

    private string PathOf(DurableMode mode) => Path.Combine(directory, mode.Name + ".db");
}
