namespace Libp2p.Peerstore;

/// <summary>A known peer as it lies in memory, for a change that writes over it and alters no length. Under the gate of its shard.</summary>
/// <remarks>
/// The commonest changes replace numbers by numbers: lifetimes that are renewed, a latency. Made here they cost neither a copy
/// of the peer nor its encoding. Whoever makes one says what it was; where it cannot be made so, it says
/// <see cref="InPlaceResult.NotPossible"/> and has changed nothing, and the change is made on a <see cref="PeerEntry"/>.
/// </remarks>
internal readonly ref struct PeerInPlace(Span<byte> sections, PeerstoreOptions options, Places places, long now)
{
    private readonly Span<byte> _sections = sections;

    public PeerstoreOptions Options { get; } = options;

    /// <summary>The places in hand.</summary>
    public Places Places { get; } = places;

    public long Now { get; } = now;

    public bool Has(EntrySection section) => SectionDirectory.TryFind(_sections, section, out _);

    /// <summary>The body of a section; empty where there is none.</summary>
    public Span<byte> this[EntrySection section]
    {
        get
        {
            var (start, length) = SectionDirectory.Find(_sections, section);
            return _sections.Slice(start, length);
        }
    }
}
