namespace Libp2p.Peerstore;

/// <summary>Keeps a peerstore in step with a node's connections.</summary>
/// <remarks>
/// <para>It does what go-libp2p spreads over its identify service and its peerstore manager.</para>
/// <para>
/// A libp2p stack reports what happens: <see cref="ConnectedAsync"/>, <see cref="DisconnectedAsync"/>,
/// <see cref="IdentifiedAsync"/>, <see cref="IdentifyPushedAsync"/>, <see cref="DialSucceededAsync"/> and
/// <see cref="DialFailedAsync"/>. Connections are counted here, by their IDs; reporting one twice changes nothing.
/// </para>
/// <para>
/// The rules. What a connected peer says of itself replaces its former connected and recently connected addresses, and
/// lives as <see cref="AddressTtl.Connected"/>. When its last connection ends, at most
/// <see cref="PeerLifecycleOptions.MaxRecentAddresses"/> of them, the one in use first, become
/// <see cref="AddressTtl.RecentlyConnected"/>, and the others go. A peer that then stays away for
/// <see cref="PeerLifecycleOptions.GracePeriod"/> loses its keys, protocols, metadata and latency, unless
/// <see cref="PeerLifecycleOptions.KeepPeer"/> says otherwise or the store has its private key: that is an identity of
/// this node. Addresses that are of no use where the peer is seen from are left out. An address that this node sees
/// the peer at is never stored.
/// </para>
/// <para>
/// Thread-safe. What is reported of one peer takes effect in the order of the calls, each when those before are
/// through, whether or not anybody awaits them: so it is settled whether an identify comes before or after the end of
/// the last connection. While a report takes effect its peer's turn is held, over calls of the store and of
/// <see cref="PeerLifecycleOptions.KeepPeer"/>: neither may wait for this lifecycle. A cancelled call ends the wait;
/// what it reported takes effect nevertheless.
/// </para>
/// <para>
/// Works on any store through its public contract alone. Memory is bounded by the peers that are connected, whose
/// grace period runs, or that are kept. Dispose it before the store.
/// </para>
/// </remarks>
public sealed class PeerLifecycle : IAsyncDisposable
{
    private readonly IPeerstore _store;
    private readonly PeerLifecycleOptions _options;
    private readonly LifecycleSteps _steps;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins with no connections.</summary>
    /// <param name="store">The store to keep in step. It stays the caller's to dispose.</param>
    /// <param name="options">Rules and limits; the defaults where none are given.</param>
    /// <param name="timeProvider">What the grace period goes by; the system's clock where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A period or number in the options is negative.</exception>
    public PeerLifecycle(IPeerstore store, PeerLifecycleOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _options = options ?? new PeerLifecycleOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.GracePeriod, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxRecentAddresses, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxConnectedAddresses, nameof(options));
        ArgumentNullException.ThrowIfNull(_options.DecodeLimits, nameof(options));
        _store = store;
        _steps = new LifecycleSteps(store, _options, timeProvider ?? TimeProvider.System);
    }

    /// <summary>How many peers are remembered: connected, away for less than the grace period, or kept.</summary>
    public int Count => Tracks.Count;

    /// <summary>
    /// Why what a peer left behind could last not be removed, or null where it always could. It is tried again after a
    /// further grace period.
    /// </summary>
    public Exception? LastFailure => _steps.Failure;

    private PeerTracks Tracks => _steps.Tracks;

    /// <summary>
    /// Reports a connection that is ready for use. Best before its identify, but a report that comes after is made up
    /// for.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>Whether it is the peer's first one.</returns>
    /// <exception cref="ArgumentException">The connection has no peer or no ID.</exception>
    /// <exception cref="ObjectDisposedException">The lifecycle has been disposed.</exception>
    /// <exception cref="PeerstoreException">The store failed; the connection is counted nevertheless.</exception>
    public ValueTask<ConnectionChange> ConnectedAsync(
        PeerConnection connection, CancellationToken cancellationToken = default)
    {
        Check(connection);
        var step = Tracks.RunAsync(connection.Peer, track => _steps.ConnectAsync(track, connection));
        return WaitAsync(step, cancellationToken);
    }

    /// <summary>Reports the end of a connection.</summary>
    /// <returns>Whether it was the peer's last one.</returns>
    /// <exception cref="PeerstoreException">
    /// The store failed. The connection has ended nevertheless; what is left to do is done after the grace period.
    /// </exception>
    /// <inheritdoc cref="ConnectedAsync" path="/param|/exception[not(contains(@cref, 'Peerstore'))]"/>
    public ValueTask<ConnectionChange> DisconnectedAsync(
        PeerConnection connection, CancellationToken cancellationToken = default)
    {
        Check(connection);
        var step = Tracks.RunAsync(connection.Peer, track => _steps.DisconnectAsync(track, connection));
        return WaitAsync(step, cancellationToken);
    }

    /// <summary>Reports what a peer said of itself in identify.</summary>
    /// <remarks>
    /// That is all there is to say: protocols, addresses and versions that it leaves out are not known any more.
    /// The addresses are those of the signed record, if that is good, and else those it listens on. Of a peer that is
    /// not connected any more they live as <see cref="AddressTtl.RecentlyConnected"/>.
    /// </remarks>
    /// <param name="connection">The connection that it said so over.</param>
    /// <param name="message">What it said. Nothing in it makes this throw.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>What was stored and what was refused.</returns>
    /// <exception cref="ArgumentException">The connection has no peer or no ID, or the message is null.</exception>
    /// <exception cref="ObjectDisposedException">The lifecycle has been disposed.</exception>
    /// <exception cref="PeerstoreException">The store failed; nothing of the message is stored.</exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the record's key.</exception>
    public ValueTask<IdentifyOutcome> IdentifiedAsync(
        PeerConnection connection, IdentifyMessage message, CancellationToken cancellationToken = default) =>
        IdentifyAsync(connection, message, isPush: false, cancellationToken);

    /// <summary>Reports an identify push: what is missing in it stays as it was, as the specification says.</summary>
    /// <inheritdoc cref="IdentifiedAsync" path="/remarks|/param|/returns|/exception"/>
    public ValueTask<IdentifyOutcome> IdentifyPushedAsync(
        PeerConnection connection, IdentifyMessage message, CancellationToken cancellationToken = default) =>
        IdentifyAsync(connection, message, isPush: true, cancellationToken);

    /// <summary>
    /// Reports that a peer was reached at an address, which is then known for
    /// <see cref="AddressTtl.RecentlyConnected"/> at least.
    /// </summary>
    /// <param name="peer">The peer that answered, as the handshake proved it.</param>
    /// <param name="address">The address that was dialled.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>What became of the address.</returns>
    /// <exception cref="ArgumentException"><paramref name="peer"/> is empty.</exception>
    /// <exception cref="ObjectDisposedException">The lifecycle has been disposed.</exception>
    /// <exception cref="PeerstoreException">The store failed.</exception>
    public ValueTask<AddressChanges> DialSucceededAsync(
        PeerId peer, Multiaddr address, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        var step = Tracks.RunAsync(
            peer,
            _ => _store.Addresses.AddAsync(peer, [address], AddressTtl.RecentlyConnected, CancellationToken.None));
        PeerLifecycleMeter.CountDial(succeeded: true);
        return WaitAsync(step, cancellationToken);
    }

    /// <summary>Reports that a peer was not reached at an address.</summary>
    /// <remarks>
    /// It is counted (<see cref="PeerLifecycleMeter.Dials"/>) and changes nothing in the store, which has no history of
    /// dials.
    /// </remarks>
    /// <param name="peer">The peer that was to be reached.</param>
    /// <param name="address">The address that was dialled.</param>
    /// <param name="cancellationToken">Nothing is waited for.</param>
    /// <exception cref="ArgumentException"><paramref name="peer"/> is empty.</exception>
    /// <exception cref="ObjectDisposedException">The lifecycle has been disposed.</exception>
    public ValueTask DialFailedAsync(PeerId peer, Multiaddr address, CancellationToken cancellationToken = default)
    {
        Require.Peer(peer);
        Tracks.ThrowIfClosed();
        PeerLifecycleMeter.CountDial(succeeded: false);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Ends it as if every connection had ended and every grace period were over: waits for what has been reported,
    /// then makes the addresses of connected peers mortal and removes what would have been removed, as go-libp2p does.
    /// </summary>
    /// <exception cref="PeerstoreException">The store failed for some peer; all the others were seen to.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Tracks.Close() is not { } turns)
        {
            await _disposed.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            await _steps.EndAllAsync(turns).ConfigureAwait(false);
        }
        finally
        {
            Tracks.Dispose();
            _disposed.SetResult();
        }
    }

    private static void Check(PeerConnection connection)
    {
        Require.Peer(connection.Peer, nameof(connection));
        ArgumentNullException.ThrowIfNull(connection.Id, nameof(connection));
    }

    private ValueTask<IdentifyOutcome> IdentifyAsync(
        PeerConnection connection, IdentifyMessage message, bool isPush, CancellationToken cancellationToken)
    {
        Check(connection);
        ArgumentNullException.ThrowIfNull(message);
        var said = new ReceivedIdentity(connection, message, isPush, _options.DecodeLimits);
        var step = Tracks.RunAsync(connection.Peer, track => _steps.IdentifyAsync(track, said));
        return WaitAsync(step, cancellationToken);
    }

    private static ValueTask<T> WaitAsync<T>(ValueTask<T> step, CancellationToken cancellationToken) =>
        step.IsCompleted || !cancellationToken.CanBeCanceled ? step : new(step.AsTask().WaitAsync(cancellationToken));
}
