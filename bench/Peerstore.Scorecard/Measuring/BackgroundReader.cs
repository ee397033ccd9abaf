using System.Diagnostics;
using Libp2p;
using Libp2p.Peerstore;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Measuring;

/// <summary>A thread that reads addresses without a break and times each read, while something else goes on.</summary>
/// <param name="store">The store.</param>
/// <param name="ids">Whom it asks for, at random.</param>
/// <param name="isRight">Whether a number of addresses is right for the peer of an index.</param>
internal sealed class BackgroundReader(IPeerstore store, PeerId[] ids, Func<int, int, bool> isRight)
{
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LatencyHistogram _reads = new();
    private volatile bool _isCounting;
    private volatile bool _isOver;
    private long _wrong;
    private ReaderFigures? _figures;

    /// <summary>Reads while something is done; what came before it and after it is not counted.</summary>
    /// <param name="work">What is done.</param>
    public async ValueTask<ReaderFigures> DuringAsync(Func<ValueTask> work)
    {
        var reading = Task.Factory.StartNew(
            ReadAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        await Task.WhenAny(_warm.Task, reading);
        _isCounting = true;
        try
        {
            await work();
        }
        finally
        {
            _isOver = true;
            await reading;
        }

        WrongAnswerException.ThrowIfAny("reading meanwhile", _wrong);
        return _figures!;
    }

    private async Task ReadAsync()
    {
        const int WarmUp = 50_000;
        var chance = new SplitMix64(7);
        // The store completes at once, so that all reads are made on this thread.
        using var core = new CoreWatch();
        for (var i = 0; !_isOver; i++)
        {
            var index = chance.Next(ids.Length);
            var start = Stopwatch.GetTimestamp();
            var addresses = await store.Addresses.GetAsync(ids[index]);
            var elapsed = Stopwatch.GetTimestamp() - start;
            _wrong += isRight(index, addresses.Count) ? 0 : 1;
            if (_isCounting)
            {
                if (_reads.Count == 0)
                {
                    core.Begin();
                }

                _reads.Add(elapsed);
                core.Add(elapsed);
            }
            else if (i == WarmUp)
            {
                _warm.SetResult();
            }
        }

        _figures = core.AddTo(ReaderFigures.Of(_reads));
    }
}
