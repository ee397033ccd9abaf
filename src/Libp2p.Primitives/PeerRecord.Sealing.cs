using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p;

// Making a node's own records.
public sealed partial class PeerRecord
{
    private const string TooManyAddresses = "These are more addresses than other nodes accept in a peer record.";

    /// <summary>Makes and signs a record of a node's own addresses, with the next number of a clock.</summary>
    /// <param name="key">The node's key.</param>
    /// <param name="clock">The clock that all records of this key take their numbers from, so that each is newer than those before.</param>
    /// <param name="addresses">The addresses. None says that the node cannot be reached.</param>
    /// <returns>The record in its envelope.</returns>
    /// <remarks>The way to make own records.</remarks>
    /// <exception cref="ArgumentNullException">The key, the clock or the list is null.</exception>
    /// <exception cref="ArgumentException">
    /// An address is one that other nodes would leave out, or there are more than they accept (<see cref="DecodeLimits.Default"/>).
    /// </exception>
    /// <exception cref="InvalidOperationException">The clock's last number was the largest there is.</exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static PeerRecord Seal(PrivateKey key, PeerRecordClock clock, IReadOnlyList<Multiaddr> addresses)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(clock);
        var copy = CopyOfGood(addresses);
        return SealCopy(key, clock.Next(), copy);
    }

    /// <summary>Makes and signs a record of a node's own addresses, with a number of the caller's.</summary>
    /// <param name="key">The node's key.</param>
    /// <param name="sequence">
    /// Higher than that of any record the node has made before; other nodes hold the record to be stale otherwise. The
    /// form with a <see cref="PeerRecordClock"/> takes care of that.
    /// </param>
    /// <param name="addresses">The addresses. None says that the node cannot be reached.</param>
    /// <returns>The record in its envelope.</returns>
    /// <exception cref="ArgumentNullException">The key or the list is null.</exception>
    /// <exception cref="ArgumentException">
    /// An address is one that other nodes would leave out, or there are more than they accept (<see cref="DecodeLimits.Default"/>).
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static PeerRecord Seal(PrivateKey key, ulong sequence, IReadOnlyList<Multiaddr> addresses)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SealCopy(key, sequence, CopyOfGood(addresses));
    }

    private static Multiaddr[] CopyOfGood(IReadOnlyList<Multiaddr> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        Multiaddr[] copy = [.. addresses];
        if (copy.Length > DecodeLimits.Default.MaxRecordAddresses || LengthOf(copy) > DecodeLimits.Default.MaxEnvelopeBytes)
        {
            throw new ArgumentException(TooManyAddresses, nameof(addresses));
        }

        foreach (var address in copy)
        {
            // What an opener would leave out would be signed for nothing.
            if (!MultiaddrDecoder.TryCheck(address.Bytes, DecodeLimits.Default, out var error))
            {
                throw new ArgumentException($"An address would be left out by those who open the record: {error}.", nameof(addresses));
            }
        }

        return copy;
    }

    private static PeerRecord SealCopy(PrivateKey key, ulong sequence, Multiaddr[] addresses)
    {
        var peer = PeerId.FromPublicKey(key.PublicKey);
        var envelope = SignedEnvelope.Seal(key, Domain, PayloadType, Encode(peer, sequence, addresses));

        // The key and the signature are in it too; their length is the key's business. Read back, so that the addresses are
        // parts of the envelope as those of every record are.
        return envelope.Bytes.Length <= DecodeLimits.Default.MaxEnvelopeBytes
            && TryReadPayload(envelope, DecodeLimits.Default, out var record, out _) == EnvelopeOutcome.Opened
            ? record!
            : throw new ArgumentException(TooManyAddresses, nameof(addresses));
    }

    private static long LengthOf(Multiaddr[] addresses)
    {
        var length = 0L;
        foreach (var address in addresses)
        {
            length += address.Bytes.Length;
        }

        return length;
    }

    private static byte[] Encode(PeerId peer, ulong sequence, Multiaddr[] addresses)
    {
        var message = new PeerRecordMessage { PeerId = UnsafeByteOperations.UnsafeWrap(peer.ToArray()), Seq = sequence };
        foreach (var address in addresses)
        {
            message.Addresses.Add(new PeerRecordMessage.Types.AddressInfoMessage { Multiaddr = ByteString.CopyFrom(address.Bytes) });
        }

        return message.ToByteArray();
    }
}
