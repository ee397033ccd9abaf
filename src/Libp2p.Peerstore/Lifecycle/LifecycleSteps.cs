namespace Libp2p.Peerstore;

/// <summary>What each report does, in its peer's turn, and what happens when grace periods are over.</summary>
internal sealed class LifecycleSteps
{
    private readonly IPeerstore _store;
    private readonly PeerLifecycleOptions _options;
    private Exception? _failure;

    public LifecycleSteps(IPeerstore store, PeerLifecycleOptions options, TimeProvider time)
    {
        (_store, _options) = (store, options);
        Tracks = new PeerTracks(time, () => _ = RemoveDueAsync());
    }

    public PeerTracks Tracks { get; }

    /// <summary>Why a removal failed last, or null.</summary>
    public Exception? Failure
    {
        get => Volatile.Read(ref _failure);
        private set => Volatile.Write(ref _failure, value);
    }

    public async ValueTask<ConnectionChange> ConnectAsync(PeerTrack track, PeerConnection connection)
    {
        if (!track.Connections.TryAdd(connection.Id, connection.RemoteAddress))
        {
            return ConnectionChange.None;
        }

        Tracks.StopWaiting(track);
        track.UnsettledEnd = null;
        if (track.IdentifiedEarly.Contains(connection.Id))
        {
            // Some stacks tell that a connection is there only when it has been identified.
            await _store.Addresses.UpdateAsync(track.Peer, AddressTtl.RecentlyConnected, AddressTtl.Connected)
                .ConfigureAwait(false);
            track.IdentifiedEarly.Remove(connection.Id);
        }

        return track.Connections.Count == 1 ? ConnectionChange.First : ConnectionChange.Further;
    }

    public async ValueTask<ConnectionChange> DisconnectAsync(PeerTrack track, PeerConnection connection)
    {
        if (!track.Connections.Remove(connection.Id))
        {
            return ConnectionChange.None;
        }

        if (track.Connections.Count > 0)
        {
            return ConnectionChange.Ended;
        }

        track.UnsettledEnd = connection.RemoteAddress;
        Tracks.Wait(track, _options.GracePeriod);
        await SettleEndAsync(track).ConfigureAwait(false);
        return ConnectionChange.Last;
    }

    public ValueTask<IdentifyOutcome> IdentifyAsync(PeerTrack track, ReceivedIdentity said)
    {
        var isConnected = track.Connections.Count > 0;
        if (!isConnected)
        {
            // What is stored now has to go again unless the peer comes back.
            track.IdentifiedEarly.Add(said.Connection.Id);
            Tracks.Wait(track, _options.GracePeriod);
        }

        return new IdentityStep(_store, _options, said, isConnected).RunAsync();
    }

    /// <summary>Ends all connections and all grace periods.</summary>
    public async ValueTask EndAllAsync(List<PeerTurn> turns)
    {
        List<Exception> failures = [];
        foreach (var turn in turns)
        {
            if (await Tracks.RunAsync(turn, EndAsync).ConfigureAwait(false) is { } failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new PeerstoreException(
                PeerstoreError.CannotWrite,
                $"The end of {failures.Count} peers could not be stored: {failures[0].Message}",
                failures[0]);
        }
    }

    /// <summary>
    /// Removes whoever's time has come, one after the other. Where one takes its time the timer begins another row
    /// beside this one, on a thread of its own.
    /// </summary>
    private async Task RemoveDueAsync()
    {
        if (!Tracks.TryBeginDue())
        {
            return;
        }

        while (Tracks.TryEnterDue(out var turn))
        {
            await Tracks.RunAsync(turn.Value, RemoveIfAwayAsync).ConfigureAwait(false);
        }
    }

    private async ValueTask<Exception?> EndAsync(PeerTrack track)
    {
        if (track.Connections.Count > 0)
        {
            track.UnsettledEnd = track.Connections.Values.First();
            track.Connections.Clear();
        }
        else if (!Tracks.StopWaiting(track))
        {
            return null;
        }

        return await RemoveAsync(track).ConfigureAwait(false);
    }

    private async ValueTask<Exception?> RemoveIfAwayAsync(PeerTrack track)
    {
        // It may have come back, and even gone again, while the turn was waited for.
        var isAway = track.Connections.Count == 0 && !Tracks.IsWaiting(track);
        return isAway ? await RemoveAsync(track).ConfigureAwait(false) : null;
    }

    private async ValueTask<Exception?> RemoveAsync(PeerTrack track)
    {
        try
        {
            await SettleEndAsync(track).ConfigureAwait(false);
            track.IdentifiedEarly.Clear();
            if (await TryRemoveAsync(track.Peer).ConfigureAwait(false))
            {
                PeerLifecycleMeter.CountDeparture("removed");
                return null;
            }

            WaitAgain(track);
            PeerLifecycleMeter.CountDeparture("kept");
            return null;
        }
        catch (Exception e)
        {
            // Whatever it is, of the store or of the user's KeepPeer: the peer is tried again, and the others go on.
            Failure = e;
            WaitAgain(track);
            PeerLifecycleMeter.CountDeparture("failed");
            return e;
        }
    }

    private async ValueTask<bool> TryRemoveAsync(PeerId peer)
    {
        if (_options.KeepPeer?.Invoke(peer) == true
            || await _store.Keys.GetPrivateKeyAsync(peer).ConfigureAwait(false) is not null)
        {
            return false;
        }

        await _store.RemovePeerAsync(peer).ConfigureAwait(false);
        return true;
    }

    private void WaitAgain(PeerTrack track)
    {
        var isShort = _options.GracePeriod < LifecycleLimits.ShortestRecheck;
        Tracks.Wait(track, isShort ? LifecycleLimits.ShortestRecheck : _options.GracePeriod);
    }

    private async ValueTask SettleEndAsync(PeerTrack track)
    {
        if (track.UnsettledEnd is { } remote)
        {
            await DepartureStep.RunAsync(_store, track.Peer, remote, _options.MaxRecentAddresses).ConfigureAwait(false);
            track.UnsettledEnd = null;
        }
    }
}
