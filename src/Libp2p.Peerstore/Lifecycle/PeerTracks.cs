using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>The peers of a lifecycle, and the order in which what happens to each takes effect.</summary>
/// <remarks>
/// Who asks for a peer's turn gets it when all who asked before are through, whatever they wait for meanwhile; turns
/// of different peers have nothing to do with each other. A peer is forgotten with the last one who has its turn,
/// unless it is connected or its grace period runs.
/// </remarks>
internal sealed class PeerTracks : IDisposable
{
    // Guards: _tracks, _waiting, _rows, _closed, and what PeerTrack says is guarded by it.
    // Order:  the last one; a time provider may take its own under it, when the timer is armed.
    // Never under the gate: the store, user code, await, completing a task.
    private readonly Lock _gate = new();
    private readonly Dictionary<PeerId, PeerTrack> _tracks = [];
    private readonly GraceQueue _waiting;
    private int _rows;
    private bool _closed;

    public PeerTracks(TimeProvider time, Action onDue) => _waiting = new(time, onDue);

    /// <summary>How many peers it remembers.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _tracks.Count;
            }
        }
    }

    public void ThrowIfClosed()
    {
        lock (_gate)
        {
            ThrowIfClosedLocked();
        }
    }

    /// <summary>Does something in the peer's turn.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public ValueTask<TResult> RunAsync<TResult>(PeerId peer, Func<PeerTrack, ValueTask<TResult>> step)
    {
        PeerTurn turn;
        lock (_gate)
        {
            ThrowIfClosedLocked();
            if (!_tracks.TryGetValue(peer, out var track))
            {
                _tracks.Add(peer, track = new PeerTrack(peer));
            }

            turn = EnterLocked(track);
        }

        return RunAsync(turn, step);
    }

    /// <summary>Does something in a turn that has been asked for.</summary>
    public async ValueTask<TResult> RunAsync<TResult>(PeerTurn turn, Func<PeerTrack, ValueTask<TResult>> step)
    {
        try
        {
            await turn.Before.ConfigureAwait(false);
            return await step(turn.Track).ConfigureAwait(false);
        }
        finally
        {
            Leave(turn);
        }
    }

    /// <summary>Lets a peer's grace period begin, unless it runs already.</summary>
    public void Wait(PeerTrack track, TimeSpan delay)
    {
        lock (_gate)
        {
            _waiting.Add(track, delay);
        }
    }

    /// <summary>Whether a peer's grace period runs.</summary>
    public bool IsWaiting(PeerTrack track)
    {
        lock (_gate)
        {
            return track.Waiting is not null;
        }
    }

    /// <summary>Ends a peer's grace period.</summary>
    /// <returns>Whether it ran.</returns>
    public bool StopWaiting(PeerTrack track)
    {
        lock (_gate)
        {
            return _waiting.Remove(track);
        }
    }

    /// <summary>Begins a row of departures, unless <see cref="LifecycleLimits.DeparturesAtOnce"/> are under way.</summary>
    public bool TryBeginDue()
    {
        lock (_gate)
        {
            var begins = _rows < LifecycleLimits.DeparturesAtOnce;
            _rows += begins ? 1 : 0;
            return begins;
        }
    }

    /// <summary>
    /// Asks, in a row that has begun, for the turn of a peer whose grace period is over; it has to be run. Where there
    /// is none the row is at its end, and the timer is set, in one step: nobody becomes due unseen.
    /// </summary>
    public bool TryEnterDue([NotNullWhen(true)] out PeerTurn? turn)
    {
        lock (_gate)
        {
            turn = !_closed && _waiting.TryTake(out var track) ? EnterLocked(track) : null;
            _rows -= turn is null ? 1 : 0;
            return turn is not null;
        }
    }

    /// <summary>Lets nobody in any more, and asks for the last turn of every peer. They have to be run.</summary>
    /// <returns>The turns; null if it is closed already.</returns>
    public List<PeerTurn>? Close()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }

            _closed = true;
            var turns = new List<PeerTurn>(_tracks.Count);
            foreach (var track in _tracks.Values)
            {
                turns.Add(EnterLocked(track));
            }

            return turns;
        }
    }

    public void Dispose() => _waiting.Dispose();

    private static PeerTurn EnterLocked(PeerTrack track)
    {
        var turn = new PeerTurn(
            track, track.LastTurn, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        track.Users++;
        track.LastTurn = turn.Done.Task;
        return turn;
    }

    private void Leave(PeerTurn turn)
    {
        lock (_gate)
        {
            turn.Track.Users--;
            if (turn.Track.IsForgettable)
            {
                _tracks.Remove(turn.Track.Peer);
            }
        }

        turn.Done.SetResult();
    }

    private void ThrowIfClosedLocked() => ObjectDisposedException.ThrowIf(_closed, typeof(PeerLifecycle));
}
