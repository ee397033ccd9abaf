namespace Libp2p.Peerstore.Sqlite;

/// <summary>How much may wait to be written, and who waits until less does. Thread-safe.</summary>
/// <param name="dirty">What waits to be written.</param>
/// <param name="most">How many peers that may be: <see cref="SqlitePeerstoreOptions.MaxDirtyPeers"/>.</param>
internal sealed class Backlog(DirtyPeers dirty, int most)
{
    private TaskCompletionSource? _room;

    /// <summary>Whether there are as many as may be.</summary>
    public bool IsFull => dirty.Count >= most;

    /// <summary>Whether there are more than may be: those who made them wait.</summary>
    public bool IsOver => dirty.Count > most;

    /// <summary>Whether there are so many that what may wait longer waits no more.</summary>
    public bool IsFilling => dirty.Count > most / 2;

    /// <summary>Waits until there is room.</summary>
    /// <param name="hurry">Asks for something to be written at once.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="PeerstoreException">It cannot be written.</exception>
    public async Task WaitForRoomAsync(Action hurry, CancellationToken cancellationToken)
    {
        while (IsOver)
        {
            var promise = WriteRounds.NewPromise();
            promise = Interlocked.CompareExchange(ref _room, promise, null) ?? promise;
            hurry();

            // Somebody may have made room before there was a promise to keep.
            if (IsOver)
            {
                await promise.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells those who wait that there is room, if there is, or that there will be none for now.</summary>
    public void Settle(PeerstoreException? failure)
    {
        if (failure is not null || !IsOver)
        {
            WriteRounds.Settle(Interlocked.Exchange(ref _room, null), failure);
        }
    }
}
