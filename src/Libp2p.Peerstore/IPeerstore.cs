namespace Libp2p.Peerstore;

/// <summary>What a libp2p node remembers of its peers: five books, one for each kind of knowledge.</summary>
/// <remarks>
/// <para>
/// The contract is that of go-libp2p's package <c>core/peerstore</c>. Every member may be called from any thread at
/// any time; the operations on one peer are linearizable. A store that has the answer in memory completes
/// synchronously; a <see cref="ValueTask"/> is to be awaited once.
/// </para>
/// <para>A list that a caller hands over is copied before anything is locked; what becomes of it later is the caller's.</para>
/// <para>
/// The empty <see cref="PeerId"/> names nobody: questions about it find nothing, and storing something for it is an
/// <see cref="ArgumentException"/>. After disposal every member throws <see cref="ObjectDisposedException"/>.
/// </para>
/// </remarks>
public interface IPeerstore : IAsyncDisposable
{
    /// <summary>Addresses with lifetimes, and the signed records that certify them.</summary>
    IAddressBook Addresses { get; }

    /// <summary>Public keys, and private ones: usually only the node's own.</summary>
    IKeyBook Keys { get; }

    /// <summary>The protocols that peers speak.</summary>
    IProtocolBook Protocols { get; }

    /// <summary>Named values of any type.</summary>
    IMetadataBook Metadata { get; }

    /// <summary>Measurements: latency.</summary>
    IMetricsBook Metrics { get; }

    /// <summary>Gets a peer's ID with its live addresses, the form in which libp2p hands peers around.</summary>
    /// <param name="peer">The peer. One that is unknown has no addresses.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask<AddressInfo> GetInfoAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Lists every peer of which any book knows anything, in no particular order.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>
    /// A listing that runs beside changes: a peer that is known throughout is listed exactly once, one that comes or
    /// goes meanwhile may be listed or not.
    /// </returns>
    IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets several peers with their live addresses, in the order asked.</summary>
    /// <param name="peers">The peers.</param>
    /// <param name="cancellationToken">Cancels between peers.</param>
    ValueTask<IReadOnlyList<AddressInfo>> GetInfoAsync(
        IReadOnlyList<PeerId> peers, CancellationToken cancellationToken = default);

    /// <summary>Gets all that is known of a peer, as it is at one instant.</summary>
    /// <param name="peer">The peer. One that is unknown has the version <c>default</c> and nothing else.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask<PeerSnapshot> GetSnapshotAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Changes several books of a peer in one step: a snapshot shows all of it or nothing.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="edit">Lists the changes. It is called once, before anything is locked.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>Whether all was done, or why nothing was.</returns>
    /// <exception cref="ArgumentException"><paramref name="peer"/> is empty, or a key or record is another peer's.</exception>
    ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, Action<IPeerEdit> edit, CancellationToken cancellationToken = default);

    /// <summary>Does the same if the peer is still as it was at a version: compare and set.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="expected">The version of <see cref="PeerSnapshot.Version"/>; <c>default</c> for a peer that must be unknown.</param>
    /// <param name="edit">Lists the changes. It is called once, before anything is locked.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <inheritdoc cref="UpdatePeerAsync(PeerId, Action{IPeerEdit}, CancellationToken)" path="/returns|/exception"/>
    ValueTask<PeerEditOutcome> UpdatePeerAsync(
        PeerId peer, PeerVersion expected, Action<IPeerEdit> edit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a peer from all books but the addresses; those, and the signed record with them, go by
    /// <see cref="IAddressBook.ClearAsync"/>.
    /// </summary>
    /// <param name="peer">The peer. One that is unknown is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default);
}
