using System.Collections.ObjectModel;
using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p;

/// <summary>What a peer said of its own addresses, and signed (libp2p's RFC 0003).</summary>
/// <remarks>
/// Holding one means that the signature is good and that the peer signed it itself. Immutable; safe to share between
/// threads.
/// </remarks>
public sealed class PeerRecord
{
    /// <summary>The signature domain of peer records.</summary>
    public const string Domain = "libp2p-peer-record";

    /// <summary>
    /// The signature domain of the records that rust-libp2p made before it followed the RFC, and still makes by
    /// default.
    /// </summary>
    public const string LegacyDomain = "libp2p-routing-state";

    private const string TypeRule = "the payload type of an envelope is that of a peer record in the envelope's domain";
    private const string TooManyRule = "These are more addresses than other nodes accept in a peer record.";

    private PeerRecord(SignedEnvelope envelope, PeerId peer, ulong sequence, IList<Multiaddr> addresses)
    {
        Envelope = envelope;
        Peer = peer;
        Sequence = sequence;
        Addresses = new ReadOnlyCollection<Multiaddr>(addresses);
    }

    /// <summary>The payload type of peer records: <c>03 01</c>, libp2p-peer-record in the multicodec table.</summary>
    public static ReadOnlySpan<byte> PayloadType => [0x03, 0x01];

    /// <summary>The payload type of rust-libp2p's legacy records: a text in ASCII.</summary>
    public static ReadOnlySpan<byte> LegacyPayloadType => "/libp2p/routing-state-record"u8;

    /// <summary>The peer that the record speaks of; always the one that signed it.</summary>
    public PeerId Peer { get; }

    /// <summary>
    /// Rises with each record of a peer. Opaque: implementations use nanoseconds, milliseconds, seconds or a count.
    /// </summary>
    public ulong Sequence { get; }

    /// <summary>The addresses, in the record's order; those that cannot be decoded are left out.</summary>
    public IReadOnlyList<Multiaddr> Addresses { get; }

    /// <summary>The envelope the record came in.</summary>
    public SignedEnvelope Envelope { get; }

    /// <summary>
    /// Opens an envelope that holds a peer record, in the domain of peer records or of rust-libp2p's legacy ones, under
    /// the default limits.
    /// </summary>
    /// <param name="bytes">The envelope, of which a copy is kept.</param>
    /// <param name="record">The record, exactly when the answer is <see cref="EnvelopeOutcome.Opened"/>.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static EnvelopeOutcome TryOpen(ReadOnlyMemory<byte> bytes, out PeerRecord? record) =>
        TryOpen(bytes, DecodeLimits.Default, out record, out _);

    /// <summary>
    /// Opens an envelope that holds a peer record, in the domain of peer records or of rust-libp2p's legacy ones.
    /// </summary>
    /// <param name="bytes">The envelope, of which a copy is kept.</param>
    /// <param name="limits">How much is accepted.</param>
    /// <param name="record">The record, exactly when the answer is <see cref="EnvelopeOutcome.Opened"/>.</param>
    /// <param name="error">The rule that is broken.</param>
    /// <returns>What became of it.</returns>
    /// <remarks>The payload type tells which domain it must be, so that one signature is verified, never two.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="limits"/> is null.</exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static EnvelopeOutcome TryOpen(ReadOnlyMemory<byte> bytes, DecodeLimits limits, out PeerRecord? record, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        record = null;
        var outcome = UnverifiedEnvelope.TryCopy(bytes, limits, out var copy, out error);
        if (outcome != EnvelopeOutcome.Opened)
        {
            return outcome;
        }

        outcome = UnverifiedEnvelope.TryParse(copy, limits, out var parts, out error);
        if (outcome != EnvelopeOutcome.Opened)
        {
            return outcome;
        }

        var domain = FindDomain(parts!.PayloadType.Span);
        if (domain is null)
        {
            error = new DecodeError(TypeRule, 0);
            return EnvelopeOutcome.WrongPayloadType;
        }

        outcome = SignedEnvelope.TryVerify(parts, copy, domain, out var envelope, out error);
        return outcome == EnvelopeOutcome.Opened ? TryReadPayload(envelope!, limits, out record, out error) : outcome;
    }

    /// <summary>Reads the record out of an envelope that has been opened in a domain of the caller's choice.</summary>
    /// <param name="envelope">
    /// The envelope. In the legacy domain it holds a legacy record, in any other one of the RFC's type.
    /// </param>
    /// <param name="limits">How much is accepted.</param>
    /// <param name="record">The record, exactly when the answer is <see cref="EnvelopeOutcome.Opened"/>.</param>
    /// <param name="error">The rule that is broken.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentNullException">The envelope or the limits are null.</exception>
    public static EnvelopeOutcome TryRead(SignedEnvelope envelope, DecodeLimits limits, out PeerRecord? record, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(limits);
        var expected = string.Equals(envelope.Domain, LegacyDomain, StringComparison.Ordinal) ? LegacyPayloadType : PayloadType;
        if (!envelope.PayloadType.Span.SequenceEqual(expected))
        {
            record = null;
            error = new DecodeError(TypeRule, 0);
            return EnvelopeOutcome.WrongPayloadType;
        }

        return TryReadPayload(envelope, limits, out record, out error);
    }

    /// <summary>Makes and signs a record of a node's own addresses.</summary>
    /// <param name="key">The node's key.</param>
    /// <param name="sequence">
    /// Higher than that of any record the node has made before; a <see cref="PeerRecordClock"/> gives such numbers.
    /// </param>
    /// <param name="addresses">The addresses. None says that the node cannot be reached.</param>
    /// <returns>The record in its envelope.</returns>
    /// <exception cref="ArgumentNullException">The key or the list is null.</exception>
    /// <exception cref="ArgumentException">
    /// An address is empty, or there are more than other nodes accept (<see cref="DecodeLimits.Default"/>).
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">No library on this machine knows the key's algorithm.</exception>
    public static PeerRecord Seal(PrivateKey key, ulong sequence, IReadOnlyList<Multiaddr> addresses)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(addresses);
        if (addresses.Count > DecodeLimits.Default.MaxRecordAddresses)
        {
            throw new ArgumentException(TooManyRule, nameof(addresses));
        }

        Multiaddr[] copy = [.. addresses];
        if (Array.Exists(copy, address => address.IsEmpty))
        {
            throw new ArgumentException("An address of a peer record is empty.", nameof(addresses));
        }

        var peer = PeerId.FromPublicKey(key.PublicKey);
        var envelope = SignedEnvelope.Seal(key, Domain, PayloadType, Encode(peer, sequence, copy));
        if (envelope.Bytes.Length > DecodeLimits.Default.MaxEnvelopeBytes)
        {
            throw new ArgumentException(TooManyRule, nameof(addresses));
        }

        return new PeerRecord(envelope, peer, sequence, copy);
    }

    /// <summary>Returns the peer, the sequence number and the number of addresses.</summary>
    public override string ToString() => $"{Peer} seq {Sequence}, {Addresses.Count} addresses";

    /// <summary>The domain that a payload type belongs to; nothing when it is not that of a peer record.</summary>
    internal static string? FindDomain(ReadOnlySpan<byte> payloadType) =>
        payloadType.SequenceEqual(PayloadType) ? Domain
        : payloadType.SequenceEqual(LegacyPayloadType) ? LegacyDomain
        : null;

    private static byte[] Encode(PeerId peer, ulong sequence, Multiaddr[] addresses)
    {
        var message = new PeerRecordMessage { PeerId = UnsafeByteOperations.UnsafeWrap(peer.ToArray()), Seq = sequence };
        foreach (var address in addresses)
        {
            message.Addresses.Add(new PeerRecordMessage.Types.AddressInfoMessage { Multiaddr = ByteString.CopyFrom(address.Bytes) });
        }

        return message.ToByteArray();
    }

    private static EnvelopeOutcome TryReadPayload(
        SignedEnvelope envelope, DecodeLimits limits, out PeerRecord? record, out DecodeError error)
    {
        record = null;
        List<ByteString> encoded = [];
        var outcome = PeerRecordPayload.TryRead(
            envelope.Payload, limits.MaxRecordAddresses, encoded, out var payload, out error);
        if (outcome != EnvelopeOutcome.Opened)
        {
            return outcome;
        }

        if (!PeerId.TryDecode(payload.Peer.Span, out var peer, out error))
        {
            return EnvelopeOutcome.BadPayload;
        }

        if (!peer.Matches(envelope.PublicKey))
        {
            error = new DecodeError("a peer record speaks of the peer that signed it", 0);
            return EnvelopeOutcome.WrongSigner;
        }

        // As in go: an address of a kind that this node does not know yet is no reason to lose the others.
        List<Multiaddr> addresses = new(encoded.Count);
        foreach (var bytes in encoded)
        {
            if (Multiaddr.TryDecode(bytes.Span, limits, out var address, out _) && !address.IsEmpty)
            {
                addresses.Add(address);
            }
        }

        record = new PeerRecord(envelope, peer, payload.Sequence, addresses);
        return EnvelopeOutcome.Opened;
    }
}
