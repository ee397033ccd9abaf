namespace Libp2p.Peerstore;

/// <summary>Named values that a node keeps with a peer, of any type that can be serialised.</summary>
/// <remarks>
/// <para>
/// Strings, numbers, <see cref="bool"/>, <see cref="Guid"/>, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/> and
/// string arrays are stored as JSON without further ado, <c>byte[]</c> as it is. For types of your own, give their
/// source-generated <see cref="System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver"/> in
/// <see cref="PeerstoreOptions.MetadataTypes"/>; a type that is not listed is a <see cref="NotSupportedException"/>.
/// </para>
/// <para>What many nodes use as keys: <see cref="MetadataKeys"/>.</para>
/// </remarks>
public interface IMetadataBook
{
    /// <summary>Gets a value where there is one.</summary>
    /// <typeparam name="T">The type it was stored as.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="key">The name of the value.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="NotSupportedException">No serialiser is known for the type.</exception>
    /// <exception cref="PeerstoreException">The value there is of another type.</exception>
    ValueTask<MetadataValue<T>> TryGetAsync<T>(
        PeerId peer, string key, CancellationToken cancellationToken = default);

    /// <summary>Gets a value that has to be there.</summary>
    /// <exception cref="MetadataNotFoundException">There is none; the message names peer and key.</exception>
    /// <inheritdoc cref="TryGetAsync" path="/typeparam|/param|/exception"/>
    ValueTask<T> GetAsync<T>(PeerId peer, string key, CancellationToken cancellationToken = default);

    /// <summary>Stores a value in place of any former one of that name.</summary>
    /// <typeparam name="T">The type to store it as.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="key">The name of the value; may be empty.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>Whether it was stored, or which limit forbade it.</returns>
    /// <exception cref="ArgumentException"><paramref name="peer"/> is empty, or the key is not well-formed UTF-16.</exception>
    /// <exception cref="NotSupportedException">No serialiser is known for the type.</exception>
    ValueTask<MetadataOutcome> SetAsync<T>(
        PeerId peer, string key, T value, CancellationToken cancellationToken = default);

    /// <summary>Removes a value.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="key">The name of the value; one that is not there is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemoveAsync(PeerId peer, string key, CancellationToken cancellationToken = default);

    /// <summary>Gets the names of a peer's values, sorted by their characters.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    ValueTask<IReadOnlyList<string>> GetKeysAsync(PeerId peer, CancellationToken cancellationToken = default);

    /// <summary>Removes all values of a peer.</summary>
    /// <param name="peer">The peer. One that is unknown is no error.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    ValueTask RemovePeerAsync(PeerId peer, CancellationToken cancellationToken = default);
}
