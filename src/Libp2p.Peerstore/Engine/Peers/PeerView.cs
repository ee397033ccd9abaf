namespace Libp2p.Peerstore;

/// <summary>A peer as it lies in memory, to be asked under the gate of its shard. <c>default</c> is an unknown peer.</summary>
/// <remarks>Nothing of it is good beyond the gate: answers are copies.</remarks>
internal readonly ref struct PeerView
{
    private readonly ReadOnlySpan<byte> _frame;
    private readonly ReadOnlySpan<byte> _sections;
    private readonly ProtocolSets _sets;

    public PeerView(ReadOnlySpan<byte> frame, ProtocolSets sets)
    {
        _frame = frame;
        _sets = sets;
        _sections = Frame.SectionsOf(frame);
    }

    public bool IsKnown => !_frame.IsEmpty;

    public PeerId Peer => PeerId.FromTrusted(Frame.IdOf(_frame));

    public long Stamp => Frame.StampOf(_frame);

    public ReadOnlySpan<byte> Sections => _sections;

    public AddressReader Addresses => new(this[EntrySection.Addresses]);

    /// <summary>Between which instants the addresses end, expired ones included.</summary>
    public AddressSpan AddressSpan => AddressSection.SpanOf(this[EntrySection.Addresses]);

    public RecordView Record => new(this[EntrySection.Record]);

    public ProtocolSet Protocols => IsKnown ? _sets[Frame.ProtocolsOf(_frame)] : ProtocolSet.Empty;

    public PeerEnds Ends => PeerEnds.Of(
        AddressSpan, Has(EntrySection.Record), Has(EntrySection.PrivateKey));

    public bool HasKeys => Has(EntrySection.PublicKey) || Has(EntrySection.PrivateKey);

    /// <summary>Whether something is known beside addresses and a record.</summary>
    public bool HasMore
    {
        get
        {
            if (!IsKnown || Frame.ProtocolsOf(_frame) != 0)
            {
                return IsKnown;
            }

            for (var at = 0; at < _sections.Length;)
            {
                if (_sections[at++] > (byte)EntrySection.Record)
                {
                    return true;
                }

                var length = (int)EntryVarint.Read(_sections, ref at);
                at += length;
            }

            return false;
        }
    }

    /// <summary>The body of a section; empty where there is none.</summary>
    public ReadOnlySpan<byte> this[EntrySection section] =>
        SectionDirectory.TryFind(_sections, section, out var body) ? body : default;

    public bool Has(EntrySection section) => SectionDirectory.TryFind(_sections, section, out _);

    public bool HasLive(long now) => AddressSpan.Last > now;

    public bool IsLive(long now) => HasLive(now) || HasMore;

    /// <summary>The moving average of the latency in nanoseconds.</summary>
    public long? Latency =>
        SectionDirectory.TryFind(_sections, EntrySection.Latency, out var body) ? LatencySection.Read(body) : null;
}
