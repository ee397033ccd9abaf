using System.Collections.ObjectModel;

namespace Libp2p;

/// <summary>What a peer said of its own addresses, and signed (libp2p's RFC 0003).</summary>
/// <remarks>
/// Holding one means that the signature is good and that the peer signed it itself. Immutable; safe to share between
/// threads.
/// </remarks>
public sealed partial class PeerRecord
{
    /// <summary>The signature domain of peer records.</summary>
    public const string Domain = "libp2p-peer-record";

    /// <summary>
    /// The signature domain of the records that rust-libp2p made before it followed the RFC, and still makes by
    /// default.
    /// </summary>
    public const string LegacyDomain = "libp2p-routing-state";

    private const string TypeRule = "the payload type of an envelope is that of a peer record in the envelope's domain";

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

        var domain = FindDomain(parts.PayloadType.In(copy));
        if (domain is null)
        {
            error = new DecodeError(TypeRule, parts.PayloadType.Start);
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
    /// <param name="error">The rule that is broken, and where in the envelope's bytes.</param>
    /// <returns>What became of it.</returns>
    /// <remarks>
    /// The envelope's domain is not looked at beyond that: a record that was signed in a domain of the caller's own opens
    /// here and says so in its envelope's <see cref="SignedEnvelope.Domain"/>. As in go-libp2p's <c>ConsumeEnvelope</c>, the
    /// choice of the domain is the caller's deliberate act. Whoever only wants records as other nodes make them uses
    /// <see cref="TryOpen(ReadOnlyMemory{byte}, out PeerRecord?)"/>, which takes the two known domains and no other.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The envelope or the limits are null.</exception>
    public static EnvelopeOutcome TryRead(SignedEnvelope envelope, DecodeLimits limits, out PeerRecord? record, out DecodeError error)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(limits);
        var expected = string.Equals(envelope.Domain, LegacyDomain, StringComparison.Ordinal) ? LegacyPayloadType : PayloadType;
        if (!envelope.PayloadType.Span.SequenceEqual(expected))
        {
            record = null;
            error = new DecodeError(TypeRule, envelope.PayloadTypeRange.Start);
            return EnvelopeOutcome.WrongPayloadType;
        }

        return TryReadPayload(envelope, limits, out record, out error);
    }

    /// <summary>Returns the peer, the sequence number and the number of addresses.</summary>
    public override string ToString() => $"{Peer} seq {Sequence}, {Addresses.Count} addresses";

    /// <summary>The domain that a payload type belongs to; nothing when it is not that of a peer record.</summary>
    internal static string? FindDomain(ReadOnlySpan<byte> payloadType) =>
        payloadType.SequenceEqual(PayloadType) ? Domain
        : payloadType.SequenceEqual(LegacyPayloadType) ? LegacyDomain
        : null;

    private static EnvelopeOutcome TryReadPayload(
        SignedEnvelope envelope, DecodeLimits limits, out PeerRecord? record, out DecodeError error)
    {
        record = null;
        var bytes = envelope.Bytes.Span;
        List<WireRange> encoded = [];
        var outcome = PeerRecordPayload.TryRead(
            bytes, envelope.PayloadRange, limits.MaxRecordAddresses, encoded, out var payload, out error);
        if (outcome != EnvelopeOutcome.Opened)
        {
            return outcome;
        }

        if (!PeerId.TryDecode(payload.Peer.In(bytes), out var peer, out error))
        {
            error = error.Behind(payload.Peer.Start);
            return EnvelopeOutcome.BadPayload;
        }

        if (!peer.Matches(envelope.PublicKey))
        {
            error = new DecodeError("a peer record speaks of the peer that signed it", payload.Peer.Start);
            return EnvelopeOutcome.WrongSigner;
        }

        // The addresses are parts of the envelope's own array, which nobody writes to.
        var array = envelope.Array;
        // As in go: an address of a kind that this node does not know yet is no reason to lose the others.
        List<Multiaddr> addresses = new(encoded.Count);
        foreach (var range in encoded)
        {
            if (Multiaddr.IsValid(range.In(bytes), limits))
            {
                addresses.Add(Multiaddr.FromTrusted(array, range.Start, range.Length));
            }
        }

        record = new PeerRecord(envelope, peer, payload.Sequence, addresses);
        return EnvelopeOutcome.Opened;
    }
}
