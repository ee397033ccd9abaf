namespace Libp2p.Peerstore;

/// <summary>An identify message, decoded and filtered as far as that can be done without the store.</summary>
/// <remarks>
/// Made before any turn is waited for: the message's lists are foreign code, and its memory may be used again.
/// </remarks>
internal sealed class ReceivedIdentity
{
    private readonly Func<Multiaddr, bool> _isVisible;
    private readonly byte[] _record;
    private readonly List<Multiaddr> _listening;
    private readonly bool _listed;

    public ReceivedIdentity(PeerConnection connection, IdentifyMessage message, bool isPush, DecodeLimits limits)
    {
        (Connection, IsPush, Limits) = (connection, isPush, limits);
        _isVisible = AddressClass.VisibleFrom(connection.RemoteAddress);
        _listed = message.ListenAddresses.Count > 0;
        _listening = DecodeAddresses(message.ListenAddresses, limits);
        HasRecord = !message.SignedPeerRecord.IsEmpty;
        RecordFits = message.SignedPeerRecord.Length <= limits.MaxEnvelopeBytes;
        _record = RecordFits ? message.SignedPeerRecord.ToArray() : [];
        string[] protocols = [.. message.Protocols];
        Protocols = Array.TrueForAll(protocols, IsWellFormed) ? protocols : null;
        (ProtocolVersion, AgentVersion) = (message.ProtocolVersion, message.AgentVersion);
        VersionsAreGood = IsWellFormed(ProtocolVersion ?? string.Empty) && IsWellFormed(AgentVersion ?? string.Empty);
        HasKey = !message.PublicKey.IsEmpty;
        Key = PublicKey.TryDecode(message.PublicKey.Span, limits, out var key, out _) && connection.Peer.Matches(key)
            ? key
            : null;
    }

    public PeerConnection Connection { get; }

    /// <summary>Whether what is missing means "as before" and not "none": the specification's rule for push.</summary>
    public bool IsPush { get; }

    public DecodeLimits Limits { get; }

    public bool HasRecord { get; }

    public bool RecordFits { get; }

    /// <summary>The protocols; null where one of them is no text.</summary>
    public IReadOnlyList<string>? Protocols { get; }

    public string? ProtocolVersion { get; }

    public string? AgentVersion { get; }

    public bool HasVersions => ProtocolVersion is not null || AgentVersion is not null;

    public bool VersionsAreGood { get; }

    public bool HasKey { get; }

    /// <summary>The key, if it was sent and is the peer's.</summary>
    public PublicKey? Key { get; }

    /// <summary>Opens the record. One that is stored byte for byte has been verified before.</summary>
    public EnvelopeOutcome Open(SignedEnvelope? stored, out PeerRecord? record)
    {
        record = null;
        if (!HasRecord)
        {
            return EnvelopeOutcome.None;
        }

        if (!RecordFits)
        {
            return EnvelopeOutcome.TooLarge;
        }

        var outcome = IsRecord(stored)
            ? PeerRecord.TryRead(stored!, Limits, out record, out _)
            : PeerRecord.TryOpen(_record, Limits, out record, out _);
        if (record is null || record.Peer == Connection.Peer)
        {
            return outcome;
        }

        record = null;
        return EnvelopeOutcome.WrongSigner;
    }

    /// <summary>Reads a stored record, which has been verified before.</summary>
    public PeerRecord? Read(SignedEnvelope? stored) =>
        stored is not null && PeerRecord.TryRead(stored, Limits, out var record, out _) == EnvelopeOutcome.Opened
            ? record
            : null;

    /// <summary>Whether the peer names any addresses, be they of use here or not.</summary>
    public bool SaysAddresses(PeerRecord? record) => record is null ? _listed : record.Addresses.Count > 0;

    /// <summary>Whether an envelope is the one that was received.</summary>
    public bool IsRecord(SignedEnvelope? stored) => stored is not null && stored.Bytes.Span.SequenceEqual(_record);

    /// <summary>
    /// What the peer says its addresses are, as far as they are of use here; null where it says nothing of them.
    /// </summary>
    public IReadOnlyList<Multiaddr>? Addresses(PeerRecord? record, int most) => record is null && IsPush && !_listed
        ? null
        : [.. Own(record?.Addresses ?? _listening).Where(_isVisible).Take(most)];

    /// <summary>The addresses that are the peer's, without the suffix that names it, each once.</summary>
    private IEnumerable<Multiaddr> Own(IEnumerable<Multiaddr> addresses)
    {
        var seen = new HashSet<Multiaddr>();
        foreach (var address in addresses)
        {
            var named = address.TrySplitPeer(out var own, out var peer);
            if ((!named || peer == Connection.Peer) && !own.IsEmpty && seen.Add(own))
            {
                yield return own;
            }
        }
    }

    private static List<Multiaddr> DecodeAddresses(IReadOnlyList<ReadOnlyMemory<byte>> encoded, DecodeLimits limits)
    {
        var count = Math.Min(encoded.Count, limits.MaxRecordAddresses);
        var addresses = new List<Multiaddr>(count);
        for (var i = 0; i < count; i++)
        {
            if (Multiaddr.TryDecode(encoded[i].Span, limits, out var address, out _))
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
