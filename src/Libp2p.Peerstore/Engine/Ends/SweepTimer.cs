namespace Libp2p.Peerstore;

/// <summary>Sweeps an engine by the clock, and does not keep it alive.</summary>
/// <remarks>
/// A running timer is held by its clock, and what it calls by the timer. A store that its owner forgot would stay for ever
/// with all of its memory; so the timer only remembers who is to be swept, and ends when nobody is there any more.
/// </remarks>
internal sealed class SweepTimer : IDisposable
{
    private readonly WeakReference<PeerstoreEngine> _engine;
    private readonly ITimer _timer;

    public SweepTimer(PeerstoreEngine engine, TimeProvider time, TimeSpan interval)
    {
        _engine = new(engine);
        _timer = time.CreateTimer(static state => ((SweepTimer)state!).Sweep(), this, interval, interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        if (_engine.TryGetTarget(out var engine))
        {
            try
            {
                engine.Sweep();
            }
            catch (OutOfMemoryException)
            {
                // Nobody could answer for it here. What is due stays due, and nobody is shown it; the next tick tries again.
            }
        }
        else
        {
            _timer.Dispose();
        }
    }
}
