using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Durable;

/// <summary>Writes that are on the disk when they complete, in turns with bare commits of rows of the same size.</summary>
/// <param name="directory">Where the files are.</param>
/// <param name="duration">How long each number of callers writes.</param>
internal sealed class AcknowledgeRun(string directory, TimeSpan duration)
{
    private const int WritesPerTurn = 8;
    private static readonly SqlitePeerstoreOptions Options = new()
    {
        Store = OpenStore.Options,
        Durability = Durability.OnAcknowledge,
    };

    private readonly WireData _data = new(seed: 1);
    private int _next;

    /// <summary>How many callers write at the same time, each awaiting its own writes one by one.</summary>
    public static IReadOnlyList<int> Callers { get; } = [1, 8, 64];

    /// <summary>Measures.</summary>
    /// <param name="callers">How many callers.</param>
    public async ValueTask<AcknowledgeLine> MeasureAsync(int callers)
    {
        var rowBytes = await MeasureRowAsync(callers);
        using var bare = new BareCommit(PathOf("bare", callers), rowBytes);
        await using var store = await SqlitePeerstore.OpenAsync(PathOf("acknowledged", callers), Options);
        _ = await MeasureAsync(store, bare, callers, duration / 4);
        var (writes, commits, writing) = await MeasureAsync(store, bare, callers, duration);
        var (figures, bareFigures) = (ReaderFigures.Of(writes), ReaderFigures.Of(commits));
        var perSecond = writes.Count / writing.TotalSeconds;
        return new()
        {
            Callers = callers,
            RowBytes = rowBytes,
            Writes = figures,
            Commits = bareFigures,
            WritesPerSecond = Math.Round(perSecond),
            WritesPerCommitTime = Statistics.Rounded(perSecond * bareFigures.MeanNs / 1e9),
            P50Ratio = Statistics.Rounded((double)figures.P50Ns / bareFigures.P50Ns),
            Ratio = Statistics.Rounded(figures.MeanNs / bareFigures.MeanNs),
        };
    }

    /// <summary>The bytes that the store writes for one of these peers, its key aside.</summary>
    private async ValueTask<int> MeasureRowAsync(int callers)
    {
        var path = PathOf("row", callers);
        await using (var store = await SqlitePeerstore.OpenAsync(path, Options))
        {
            await WriteAsync(store, _data.Id(0), _data.Addresses(0));
        }

        return (int)(await PeerstoreFile.CheckAsync(path)).EntryBytes;
    }

    private async ValueTask<(LatencyHistogram Writes, LatencyHistogram Commits, TimeSpan Writing)> MeasureAsync(
        SqlitePeerstore store, BareCommit bare, int callers, TimeSpan length)
    {
        var (commits, writing) = (new LatencyHistogram(), TimeSpan.Zero);
        var writes = Enumerable.Range(0, callers).Select(static _ => new LatencyHistogram()).ToArray();
        var turn = callers == 1 ? 1 : WritesPerTurn;
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < length;)
        {
            var peers = Enumerable.Range(0, callers).Select(_ => Make(turn)).ToArray();
            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(writes.Zip(peers, (histogram, own) => WriteAsync(store, own, histogram)));
            writing += Stopwatch.GetElapsedTime(start);
            for (var i = 0; i < turn; i++)
            {
                start = Stopwatch.GetTimestamp();
                bare.Commit();
                commits.Add(Stopwatch.GetTimestamp() - start);
            }
        }

        foreach (var other in writes.AsSpan(1))
        {
            writes[0].Merge(other);
        }

        return (writes[0], commits, writing);
    }

    private (PeerId Id, Multiaddr[] Addresses)[] Make(int number)
    {
        var peers = new (PeerId, Multiaddr[])[number];
        for (var i = 0; i < number; i++, _next++)
        {
            peers[i] = (_data.Id(_next), _data.Addresses(_next));
        }

        return peers;
    }

    private static async Task WriteAsync(
        SqlitePeerstore store, (PeerId Id, Multiaddr[] Addresses)[] peers, LatencyHistogram histogram)
    {
        foreach (var (id, addresses) in peers)
        {
            var start = Stopwatch.GetTimestamp();
            await WriteAsync(store, id, addresses);
            histogram.Add(Stopwatch.GetTimestamp() - start);
        }
    }

    private static async ValueTask WriteAsync(SqlitePeerstore store, PeerId id, Multiaddr[] addresses)
    {
        var changes = await store.Addresses.AddAsync(id, addresses, AddressTtl.Address);
        WrongAnswerException.ThrowIfAny("acknowledged writing", WireData.AddressCount - changes.Added);
    }

    private string PathOf(string name, int callers) => Path.Combine(directory, $"{name}-{callers}.db");
}
