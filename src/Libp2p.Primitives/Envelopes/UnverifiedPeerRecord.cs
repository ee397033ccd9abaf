using System.Runtime.InteropServices;

namespace Libp2p;

/// <summary>
/// What an envelope claims, before anybody has verified it. Good for one thing only: to turn a record away cheaply,
/// because its sequence lies below one that is stored. Never leaves this library's friends.
/// </summary>
/// <param name="Peer">The peer that the record claims to speak of.</param>
/// <param name="Sequence">The sequence number that it claims.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnverifiedPeerRecord(PeerId Peer, ulong Sequence)
{
    /// <summary>
    /// Reads the claims of an envelope that lacks nothing to be a peer record but, perhaps, a good signature.
    /// </summary>
    public static bool TryPeek(ReadOnlySpan<byte> envelope, DecodeLimits limits, out UnverifiedPeerRecord claims)
    {
        claims = default;
        if (!IsRead(UnverifiedEnvelope.TryParse(envelope, limits, out var parts, out _))
            || PeerRecord.FindDomain(parts.PayloadType.In(envelope)) is null
            || !IsRead(PeerRecordPayload.TryRead(envelope, parts.Payload, limits.MaxRecordAddresses, null, out var payload, out _))
            || !PeerId.TryDecode(payload.Peer.In(envelope), out var peer)
            || !peer.Matches(parts.PublicKey))
        {
            return false;
        }

        claims = new UnverifiedPeerRecord(peer, payload.Sequence);
        return true;
    }

    /// <summary>
    /// Reads of whom an envelope claims to speak, and nothing else: enough to look whether the same bytes are stored.
    /// </summary>
    public static bool TryPeekPeer(ReadOnlySpan<byte> envelope, out PeerId peer)
    {
        peer = default;
        var payload = UnverifiedEnvelope.FindPayload(envelope);
        var claimed = PeerRecordPayload.FindPeer(envelope, payload);
        return claimed.Length > 0 && PeerId.TryDecode(claimed.In(envelope), out peer);
    }

    private static bool IsRead(EnvelopeOutcome outcome) => outcome == EnvelopeOutcome.Opened;
}
