namespace Libp2p.Peerstore;

/// <summary>What a libp2p node remembers of its peers: five books, one for each kind of knowledge.</summary>
/// <remarks>
/// <para>
/// The contract is that of go-libp2p's package <c>core/peerstore</c>. Every member may be called from any thread at
/// any time; the operations on one peer are linearizable. A store that has the answer in memory completes
/// synchronously; a <see cref="ValueTask"/> is to be awaited once.
/// </para>
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

    /// <summary>
    /// Removes a peer from all books but the addresses; those, and the signed record with them, go by
    /// <see cref="IAddressBook.ClearAsync"/>.
    /// </summary>
    /// <param name="peer">The peer. One that is unknown is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default);
}
