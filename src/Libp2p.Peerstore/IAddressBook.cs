using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore;

/// <summary>The addresses of peers, each with a lifetime.</summary>
/// <remarks>
/// <para>
/// An address is gone <em>at</em> the instant its lifetime ends, for questions and for changes alike. Reading changes
/// nothing. <see cref="AddressTtl"/> names the usual lifetimes; finer parts than 100 ns do not exist here.
/// </para>
/// <para>
/// A <c>/p2p/ID</c> suffix that names the peer itself is dropped; an address that ends in another peer's ID, or is
/// empty, is not stored and counted as refused.
/// </para>
/// </remarks>
public interface IAddressBook
{
    /// <summary>
    /// Adds addresses. A known one keeps the longer of its two lifetimes and the later of its two ends: adding never
    /// shortens.
    /// </summary>
    /// <param name="peer">Whose addresses they are.</param>
    /// <param name="addresses">The addresses.</param>
    /// <param name="ttl">How long they live from now; zero or less adds nothing.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="ArgumentException"><paramref name="peer"/> is empty.</exception>
    ValueTask<AddressChanges> AddAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Adds the addresses of several peers, see the overload for one.</summary>
    /// <param name="peers">The peers with their addresses.</param>
    /// <param name="ttl">How long the addresses live from now.</param>
    /// <param name="cancellationToken">Cancels between peers.</param>
    /// <returns>What became of all of them together.</returns>
    async ValueTask<AddressChanges> AddAsync(
        IReadOnlyList<AddressInfo> peers, TimeSpan ttl, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peers);
        var all = default(AddressChanges);
        foreach (var peer in peers)
        {
            all += await AddAsync(peer.Peer, peer.Addresses, ttl, cancellationToken).ConfigureAwait(false);
        }

        return all;
    }

    /// <summary>
    /// Sets the lifetime of addresses, whatever it was before, and adds those that are unknown. Zero or less removes.
    /// </summary>
    /// <inheritdoc cref="AddAsync(PeerId, IReadOnlyList{Multiaddr}, TimeSpan, CancellationToken)" path="/param|/returns|/exception"/>
    ValueTask<AddressChanges> SetAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Gives the addresses that have exactly one lifetime another one, counted from now.</summary>
    /// <param name="peer">Whose addresses.</param>
    /// <param name="oldTtl">The lifetime they were given last.</param>
    /// <param name="newTtl">The lifetime they get; zero or less removes them.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>What became of them.</returns>
    ValueTask<AddressChanges> UpdateAsync(
        PeerId peer, TimeSpan oldTtl, TimeSpan newTtl, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes what a peer itself says of its addresses (identify): adds them, and drops those that it said before and
    /// says no longer. Addresses known from elsewhere, permanent ones and those in use stay.
    /// </summary>
    /// <remarks>go-libp2p has no such method; its identify service does the same with lifetimes as marks.</remarks>
    /// <inheritdoc cref="AddAsync(PeerId, IReadOnlyList{Multiaddr}, TimeSpan, CancellationToken)" path="/param|/returns|/exception"/>
    ValueTask<AddressChanges> AnnounceAsync(
        PeerId peer, IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Removes all addresses of a peer, and its signed record with them.</summary>
    /// <param name="peer">The peer. One that is unknown is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask ClearAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Gets the live addresses of a peer, best first.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A list of its own that never changes; empty for a peer without addresses.</returns>
    ValueTask<IReadOnlyList<Multiaddr>> GetAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Gets the live addresses of a peer, best first, with their lifetimes and where they come from.</summary>
    /// <inheritdoc cref="GetAsync" path="/param|/returns"/>
    ValueTask<IReadOnlyList<AddressDetails>> GetDetailsAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Lists the peers that have at least one live address, in no particular order.</summary>
    /// <inheritdoc cref="IPeerstore.GetPeersAsync" path="/param|/returns"/>
    IAsyncEnumerable<PeerId> GetPeersAsync(CancellationToken cancellationToken = default);

    /// <summary>Follows a peer's addresses: those known now, best first, then each new one as it is added.</summary>
    /// <param name="peer">The peer; it need not be known.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>
    /// A live stream without an end of its own: it ends when cancelled, when its enumerator is disposed or when the
    /// store is. Snapshot and subscription are one step. Its buffer is bounded: a reader that falls behind gets
    /// <see cref="AddressEventKind.Resync"/> and a fresh snapshot, and never delays a writer.
    /// </returns>
    IAsyncEnumerable<AddressEvent> WatchAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Gets the side of this book that takes signed peer records, where it has one.</summary>
    /// <param name="certified">The certified address book, or null.</param>
    bool TryGetCertified([NotNullWhen(true)] out ICertifiedAddressBook? certified);
}
