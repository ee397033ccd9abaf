using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Who waits for which round of writing: all who wait for the same one share a promise.</summary>
internal sealed class WriteRounds
{
    // Guards: all fields.
    // Never under the gate: completing a promise.
    private readonly Lock _gate = new();
    private long _begun;
    private bool _isInWork;
    private bool _isOver;
    private bool _takesAll;
    private TaskCompletionSource? _current;
    private TaskCompletionSource? _next;

    /// <summary>Gives a task that ends with a round; false if that has ended by now.</summary>
    /// <exception cref="ObjectDisposedException">There will be no such round.</exception>
    public bool TryWaitFor(long round, [NotNullWhen(true)] out Task? ended)
    {
        lock (_gate)
        {
            if (round < _begun || (round == _begun && !_isInWork))
            {
                ended = null;
                return false;
            }

            ObjectDisposedException.ThrowIf(_isOver && round > _begun, typeof(SqlitePeerstore));
            ended = (round == _begun ? _current ??= NewPromise() : _next ??= NewPromise()).Task;
            return true;
        }
    }

    /// <summary>A task that ends with the next round, which takes what may wait longer, too.</summary>
    /// <exception cref="ObjectDisposedException">There is none.</exception>
    public Task WaitForAll()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, typeof(SqlitePeerstore));
            _takesAll = true;
            return (_next ??= NewPromise()).Task;
        }
    }

    /// <summary>Begins a round.</summary>
    /// <param name="isLast">Whether there is none after it.</param>
    /// <returns>Its number, and whether somebody waits for all there is.</returns>
    public (long Round, bool TakesAll) Begin(bool isLast)
    {
        lock (_gate)
        {
            var takesAll = _takesAll || isLast;
            _isOver = isLast;
            (_current, _next, _isInWork, _takesAll) = (_next, null, true, false);
            return (++_begun, takesAll);
        }
    }

    /// <summary>Ends it, for everybody who waits for it.</summary>
    public void End(PeerstoreException? failure)
    {
        TaskCompletionSource? ended;
        lock (_gate)
        {
            (ended, _current, _isInWork) = (_current, null, false);
        }

        Settle(ended, failure);
    }

    public static TaskCompletionSource NewPromise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static void Settle(TaskCompletionSource? promise, PeerstoreException? failure)
    {
        if (failure is null)
        {
            promise?.TrySetResult();
        }
        else if (promise is not null)
        {
            promise.TrySetException(failure);

            // Whoever waited may have been cancelled meanwhile; then nobody looks.
            _ = promise.Task.Exception;
        }
    }
}
