namespace Libp2p.Peerstore;

/// <summary>Collects changes to several books of one peer, to be made in one step.</summary>
/// <remarks>
/// The changes are made in the order in which they are listed, after the method that lists them has returned. Not
/// thread-safe, and of no use afterwards.
/// </remarks>
public interface IPeerEdit
{
    /// <summary>Lists what <see cref="IAddressBook.AddAsync(PeerId, IReadOnlyList{Multiaddr}, TimeSpan, CancellationToken)"/> does.</summary>
    /// <param name="addresses">The addresses.</param>
    /// <param name="ttl">How long they live from now.</param>
    IPeerEdit AddAddresses(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl);

    /// <summary>Lists what <see cref="IAddressBook.SetAsync"/> does.</summary>
    /// <inheritdoc cref="AddAddresses" path="/param"/>
    IPeerEdit SetAddresses(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl);

    /// <summary>Lists what <see cref="IAddressBook.AnnounceAsync"/> does.</summary>
    /// <inheritdoc cref="AddAddresses" path="/param"/>
    IPeerEdit AnnounceAddresses(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl);

    /// <summary>Lists what <see cref="IAddressBook.UpdateAsync"/> does.</summary>
    /// <param name="oldTtl">The lifetime that addresses were given last.</param>
    /// <param name="newTtl">The lifetime they get.</param>
    IPeerEdit UpdateAddresses(TimeSpan oldTtl, TimeSpan newTtl);

    /// <summary>Lists what <see cref="IAddressBook.ClearAsync"/> does.</summary>
    IPeerEdit ClearAddresses();

    /// <summary>Lists what <see cref="ICertifiedAddressBook.ConsumeAsync(PeerRecord, TimeSpan, CancellationToken)"/> does.</summary>
    /// <param name="record">The record; one of another peer is an <see cref="ArgumentException"/>.</param>
    /// <param name="ttl">How long its addresses live from now.</param>
    IPeerEdit Consume(PeerRecord record, TimeSpan ttl);

    /// <summary>Lists what <see cref="IKeyBook.AddPublicKeyAsync"/> does.</summary>
    /// <param name="key">The key; one of another peer is an <see cref="ArgumentException"/>.</param>
    IPeerEdit AddPublicKey(PublicKey key);

    /// <summary>Lists what <see cref="IKeyBook.AddPrivateKeyAsync"/> does.</summary>
    /// <param name="key">The key; one of another peer is an <see cref="ArgumentException"/>.</param>
    IPeerEdit AddPrivateKey(PrivateKey key);

    /// <summary>Lists what <see cref="IKeyBook.RemovePeerAsync"/> does.</summary>
    IPeerEdit RemoveKeys();

    /// <summary>Lists what <see cref="IProtocolBook.AddAsync"/> does.</summary>
    /// <param name="protocols">The protocol IDs.</param>
    IPeerEdit AddProtocols(IReadOnlyList<string> protocols);

    /// <summary>Lists what <see cref="IProtocolBook.SetAsync"/> does; an empty list removes all.</summary>
    /// <param name="protocols">The protocol IDs.</param>
    IPeerEdit SetProtocols(IReadOnlyList<string> protocols);

    /// <summary>Lists what <see cref="IProtocolBook.RemoveAsync"/> does.</summary>
    /// <param name="protocols">The protocol IDs.</param>
    IPeerEdit RemoveProtocols(IReadOnlyList<string> protocols);

    /// <summary>Lists what <see cref="IMetadataBook.SetAsync"/> does.</summary>
    /// <typeparam name="T">The type to store it as.</typeparam>
    /// <param name="key">The name of the value.</param>
    /// <param name="value">The value.</param>
    IPeerEdit SetMetadata<T>(string key, T value);

    /// <summary>Lists what <see cref="IMetadataBook.RemoveAsync"/> does.</summary>
    /// <param name="key">The name of the value.</param>
    IPeerEdit RemoveMetadata(string key);

    /// <summary>Lists what <see cref="IMetadataBook.RemovePeerAsync"/> does.</summary>
    IPeerEdit RemoveAllMetadata();

    /// <summary>Lists what <see cref="IMetricsBook.RecordLatencyAsync"/> does.</summary>
    /// <param name="latency">The measurement.</param>
    IPeerEdit RecordLatency(TimeSpan latency);

    /// <summary>Lists what <see cref="IMetricsBook.RemovePeerAsync"/> does.</summary>
    IPeerEdit RemoveLatency();
}
