namespace Libp2p.Peerstore;

/// <summary>The signed peer records of an address book, and the addresses that they certify.</summary>
/// <remarks>
/// A record is verified before anything of it is visible. It lives as long as its peer has any live address,
/// certified or not. A record with a higher sequence number takes the place of the former one in one atomic step;
/// what becomes of the former record's addresses is <see cref="PeerstoreOptions.NewerRecord"/>.
/// </remarks>
public interface ICertifiedAddressBook
{
    /// <summary>Verifies a signed peer record and stores it with its addresses.</summary>
    /// <param name="envelope">The signed envelope as it was received.</param>
    /// <param name="ttl">
    /// How long its addresses live from now; one that is known lives until the later of the two ends.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>What became of the record. A record that loses to a newer one is an answer, not an error.</returns>
    ValueTask<RecordOutcome> ConsumeAsync(
        ReadOnlyMemory<byte> envelope, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Stores a signed peer record that has been opened already, whatever its domain.</summary>
    /// <param name="record">The record; opening has verified it.</param>
    /// <param name="ttl">How long its addresses live from now.</param>
    /// <param name="cancellationToken">Cancels the wait, not the effect.</param>
    /// <returns>What became of the record.</returns>
    ValueTask<RecordOutcome> ConsumeAsync(
        PeerRecord record, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Gets the signed record of a peer, its bytes as they were received.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The envelope, or null where there is none or no address of the peer is alive.</returns>
    ValueTask<SignedEnvelope?> GetRecordAsync(PeerId peer, CancellationToken cancellationToken = default);
}
