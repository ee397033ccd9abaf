namespace Libp2p.Peerstore.Tests;

/// <summary>Threads that begin each round at the same instant, as far as that can be had.</summary>
internal sealed class WorkerThreads : IDisposable
{
    private readonly Barrier _barrier;
    private readonly Thread[] _threads;
    private Action<int> _work = static _ => { };
    private volatile Exception? _failure;
    private volatile bool _ended;
    private int _awake;

    public WorkerThreads(int count)
    {
        _barrier = new(count + 1);
        _threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => Run(number)) { IsBackground = true })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    public int Count => _threads.Length;

    /// <summary>Lets every thread work once, and returns when all have done so.</summary>
    /// <param name="work">What the thread of a number does.</param>
    public void RunRound(Action<int> work)
    {
        (_work, _awake) = (work, 0);
        _barrier.SignalAndWait();
        _barrier.SignalAndWait();
        if (_failure is { } failure)
        {
            throw new InvalidOperationException("A thread failed.", failure);
        }
    }

    public void Dispose()
    {
        _ended = true;
        _barrier.SignalAndWait();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _barrier.Dispose();
    }

    private void Run(int number)
    {
        _barrier.SignalAndWait();
        while (!_ended)
        {
            AwaitOthers();
            TryWork(number);
            _barrier.SignalAndWait();
            _barrier.SignalAndWait();
        }
    }

    /// <summary>A barrier wakes threads one after the other; a short piece of work would be over before the last is awake.</summary>
    private void AwaitOthers()
    {
        Interlocked.Increment(ref _awake);
        var spin = default(SpinWait);
        while (Volatile.Read(ref _awake) < Count)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void TryWork(int number)
    {
        try
        {
            _work(number);
        }
#pragma warning disable CA1031 // It fails the test on the test's own thread; here it would end the process.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
        }
    }
}
