using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Writes what is noted, a round at a time, in transactions of at most <see cref="PeersPerTransaction"/> peers.</summary>
/// <remarks>
/// What cannot be written stays noted; whoever waits for it is told. Rounds are written by one thread at a time; another one
/// may change how private keys are protected meanwhile.
/// </remarks>
internal sealed class RoundWriter(
    PeerBatch batch, FullFile full, string path, TimeProvider time, DirtyPeers dirty, Backlog backlog)
{
    /// <summary>So few that a commit holds nobody up for long, so many that its sync is cheap for each.</summary>
    public const int PeersPerTransaction = 4096;

    /// <summary>How old the note gets that the process is alive, while much changes.</summary>
    private static readonly TimeSpan BusyHeartbeat = TimeSpan.FromSeconds(1);

    // Guards: the batch, and with it the connection.
    // Order:  taken first; the gates of shards and stripes are taken under it.
    private readonly Lock _disk = new();
    private readonly PeerId[] _taken = new PeerId[full.PeersPerTransaction];
    private volatile PeerstoreException? _failure;
    private volatile bool _isFileFull;
    private volatile bool _renewalsAreDue;
    private volatile bool _heartbeatIsDue;
    private DateTimeOffset _alive;
    private int _unfit;
    private bool _isClosed;

    /// <summary>Who waits for which round.</summary>
    public WriteRounds Rounds { get; } = new();

    /// <summary>Why the last attempt to write failed, or null.</summary>
    public PeerstoreException? Failure => _failure;

    /// <summary>Whether that was because the file is as large as it may be: what makes room helps.</summary>
    public bool IsFileFull => _isFileFull;

    /// <summary>The next round takes the renewals, too.</summary>
    public void RenewalsAreDue() => _renewalsAreDue = true;

    /// <summary>The next round notes the time, even if nothing else is to be written.</summary>
    public void HeartbeatIsDue() => _heartbeatIsDue = true;

    /// <summary>Writes what has changed by now.</summary>
    /// <param name="isLast">Whether there is no round after it.</param>
    /// <returns>Why it could not be written, or null.</returns>
    public PeerstoreException? WriteRound(bool isLast)
    {
        var (round, takesAll) = Rounds.Begin(isLast);
        dirty.BeginRound(round, takesAll || backlog.IsFilling || _renewalsAreDue);
        _renewalsAreDue = false;
        var failure = TryWrite(isLast);
        _isFileFull = _unfit > 0;
        _failure = failure;
        Rounds.End(failure);
        backlog.Settle(failure);
        return failure;
    }

    /// <summary>Protects private keys in another way; when it returns, the file does.</summary>
    /// <exception cref="PeerstoreException">
    /// It could not be written. Nothing was changed for this process; but the log may have the change in it until it is written
    /// over or the file is closed, and a process that reads it after a crash takes it.
    /// </exception>
    public void ChangeSealer(KeySealer next)
    {
        try
        {
            lock (_disk)
            {
                ObjectDisposedException.ThrowIf(_isClosed, typeof(SqlitePeerstore));
                batch.ChangeSealer(next);
            }
        }
        catch (SqliteException e)
        {
            throw CannotWrite(
                $"{e.Message} The private keys are protected as before; should this process be killed before it writes again or closes the file, try both.", e);
        }
    }

    /// <summary>Writes no more. No round is in work.</summary>
    public void Close()
    {
        lock (_disk)
        {
            _isClosed = true;
            batch.Dispose();
        }
    }

    private PeerstoreException? TryWrite(bool isLast)
    {
        try
        {
            _unfit = 0;
            while (dirty.InWork > _taken.Length)
            {
                Write(alive: null);
            }

            // With the last of them, for until then some may stand in the file as a former process left them.
            var now = time.GetUtcNow();
            var isDue = isLast || _heartbeatIsDue || (dirty.InWork > 0 && (now - _alive).Duration() >= BusyHeartbeat);
            if (isDue || dirty.InWork > 0)
            {
                // A transaction may take less than was taken for it.
                do
                {
                    Write(isDue ? now : null);
                }
                while (dirty.InWork > 0);
            }

            if (isDue)
            {
                (_alive, _heartbeatIsDue) = (now, false);
            }

            return _unfit > 0 ? CannotWrite(full.Reason(_unfit)) : null;
        }
        catch (Exception e)
        {
            // Whatever it is, nothing noted may be lost, nobody may wait for ever, and the task must live on.
            batch.Unfit.Clear();
            _unfit = 0;
            dirty.PutBack();
            return CannotWrite(e);
        }
    }

    private void Write(DateTimeOffset? alive)
    {
        var peers = dirty.Take(_taken);
        lock (_disk)
        {
            peers = peers[..full.Write(peers, alive)];

            // They wait for the next round, whichever that is: the others of this one may be those that leave room.
            foreach (var peer in batch.Unfit)
            {
                dirty.Note(peer, mayWait: false);
            }

            _unfit += batch.Unfit.Count;
            batch.Unfit.Clear();
        }

        dirty.Written(peers);
        backlog.Settle(failure: null);
    }

    private PeerstoreException CannotWrite(Exception cause) => CannotWrite(cause.Message, cause);

    private PeerstoreException CannotWrite(string reason, Exception? cause = null) => new(
        PeerstoreError.CannotWrite, $"The peerstore {path} cannot be written: {reason}", cause);
}
