namespace Libp2p.Peerstore;

/// <summary>The protocols that peers say they speak, as sets of protocol IDs.</summary>
/// <remarks>Protocol IDs are compared by their characters, exactly.</remarks>
public interface IProtocolBook
{
    /// <summary>Gets the protocols of a peer, sorted by their characters.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A list that never changes; empty where nothing is known.</returns>
    ValueTask<IReadOnlyList<string>> GetAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Adds protocols to those of a peer; over a limit, nothing changes.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="protocols">The protocol IDs.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>Whether they were stored, or which limit forbade it.</returns>
    /// <exception cref="ArgumentException"><paramref name="peer"/> is empty, or a protocol ID is not well-formed UTF-16.</exception>
    ValueTask<ProtocolOutcome> AddAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default);

    /// <summary>Replaces the protocols of a peer; over a limit, nothing changes.</summary>
    /// <inheritdoc cref="AddAsync" path="/param|/returns|/exception"/>
    ValueTask<ProtocolOutcome> SetAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default);

    /// <summary>Removes protocols from those of a peer.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="protocols">The protocol IDs; those it does not have are no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemoveAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default);

    /// <summary>Gets those of the given protocols that a peer speaks, in the order asked and as often as asked.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="protocols">The protocols in question.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask<IReadOnlyList<string>> GetSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default);

    /// <summary>Gets the first of the given protocols that a peer speaks, or null where it speaks none of them.</summary>
    /// <inheritdoc cref="GetSupportedAsync" path="/param"/>
    ValueTask<string?> GetFirstSupportedAsync(
        PeerId peer, IReadOnlyList<string> protocols, CancellationToken cancellationToken = default);

    /// <summary>Removes all protocols of a peer.</summary>
    /// <param name="peer">The peer. One that is unknown is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default);
}
