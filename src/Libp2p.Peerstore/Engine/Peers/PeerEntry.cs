using System.Security.Cryptography;

namespace Libp2p.Peerstore;

/// <summary>All that is known of the one peer that is being changed. Guarded by the gate of the peer's shard.</summary>
/// <remarks>
/// A shard has one of these. It is loaded with a copy of a peer's sections, reads of them what a change asks for, and
/// writes them anew: sections that nobody changed are copied. So a change that is given up leaves no trace, and the
/// state that it began with is always at hand. Nothing of it is good beyond the gate.
/// </remarks>
internal sealed partial class PeerEntry(PeerstoreOptions options, ProtocolSets sets)
{
    private const int MinKept = 512;

    /// <summary>What one huge peer needed is not kept for ever.</summary>
    private const int MaxKept = 1 << 14;

    private readonly PeerAddresses _addresses = new(options);
    private readonly MetadataTable _metadata = new();
    private byte[] _image = [];
    private SectionDirectory _directory;
    private bool _addressesAreLoaded;
    private bool _metadataIsLoaded;
    private bool _isChanged;
    private (int Mortal, int Records) _held;
    private long _dropped = long.MinValue;
    private ProtocolSet _storedProtocols = ProtocolSet.Empty;
    private ReadOnlyMemory<byte> _record;
    private ReadOnlyMemory<byte> _publicKey;
    private ReadOnlyMemory<byte> _privateKey;

    /// <summary>What was loaded, and what a change that is given up goes back to.</summary>
    public ReadOnlySpan<byte> Image => _image.AsSpan(0, ImageLength);

    public int ImageLength { get; private set; }

    public PeerAddresses Addresses
    {
        get
        {
            if (!_addressesAreLoaded)
            {
                LoadAddresses();
            }

            return _addresses;
        }
    }

    public RecordView Record => new(_record.Span);

    public bool HasRecord => !_record.IsEmpty;

    /// <summary>Whether a public key was stored, be it here or within the peer ID.</summary>
    public bool HasPublicKey { get; private set; }

    public ProtocolSet Protocols { get; private set; } = ProtocolSet.Empty;

    public MetadataTable Metadata
    {
        get
        {
            if (!_metadataIsLoaded)
            {
                _metadata.Load(Section(EntrySection.Metadata));
                _metadataIsLoaded = true;
            }

            return _metadata;
        }
    }

    /// <summary>The moving average of the latency in nanoseconds.</summary>
    public long? Latency { get; private set; }

    /// <summary>The places in hand; there are some whenever something is changed.</summary>
    public Places Places
    {
        get => _addresses.Places;
        private set => _addresses.Places = value;
    }

    /// <summary>Names this state to callers: given by the shard, never given twice.</summary>
    public long Stamp { get; set; }

    /// <summary>Whether something changed since it was loaded, or since <see cref="Begin"/>.</summary>
    public bool IsChanged => _isChanged || _addresses.IsChanged || _addresses.IsRenewed;

    /// <summary>Whether nothing changed but lifetimes: what can be written down later.</summary>
    public bool IsOnlyRenewed => !_isChanged && !_addresses.IsChanged;

    public bool HasKeys => HasPublicKey || !_privateKey.IsEmpty;

    /// <summary>Whether memory of this holds a private key, be it one that has just been removed.</summary>
    public bool HoldsPrivateKey => !_privateKey.IsEmpty || _directory.Has(EntrySection.PrivateKey);

    public bool HasMore => HasKeys || Protocols.Number != 0 || HasMetadata || Latency is not null;

    public bool IsEmpty => !HasAddresses && !HasMore;

    public PeerEnds Ends => PeerEnds.Of(
        _addressesAreLoaded ? _addresses.Span : StoredSpan, HasRecord, !_privateKey.IsEmpty);

    private bool HasAddresses => _addressesAreLoaded ? _addresses.Count > 0 : _directory.Has(EntrySection.Addresses);

    private bool HasMetadata => _metadataIsLoaded ? _metadata.Count > 0 : _directory.Has(EntrySection.Metadata);

    private AddressSpan StoredSpan => AddressSection.SpanOf(Section(EntrySection.Addresses).Span);

    /// <summary>Begins with what is known of a peer.</summary>
    /// <param name="sections">Its sections; empty for a new peer.</param>
    /// <param name="protocols">Its protocols.</param>
    /// <param name="stamp">The stamp of its state.</param>
    /// <param name="places">The places in hand.</param>
    public void Load(ReadOnlySpan<byte> sections, ProtocolSet protocols, long stamp, Places places)
    {
        if (_image.Length < sections.Length || _image.Length > MaxKept)
        {
            _image = new byte[Math.Max(MinKept, sections.Length)];
        }

        sections.CopyTo(_image);
        ImageLength = sections.Length;
        _directory = SectionDirectory.Read(sections);
        (_storedProtocols, Stamp, Places, _dropped) = (protocols, stamp, places, long.MinValue);
        Reset();
    }

    /// <summary>Removes what has expired; a record goes with the last address.</summary>
    public int DropExpired(long now)
    {
        if ((_addressesAreLoaded ? _addresses.Span : StoredSpan).First > now)
        {
            return 0;
        }

        _dropped = now;
        var dropped = Addresses.DropExpired(now);
        DropRecordWithoutAddresses();
        return dropped;
    }

    /// <summary>From here on changes are noted, and undone by <see cref="Undo"/>.</summary>
    public void Begin()
    {
        _isChanged = false;
        _addresses.ForgetChanges();
        _held = (_addressesAreLoaded ? _addresses.CountMortal() : 0, HasRecord ? 1 : 0);
    }

    /// <summary>Undoes all changes since <see cref="Begin"/>; places that were taken go to the hand.</summary>
    public void Undo()
    {
        var taken = _addressesAreLoaded ? _addresses.CountMortal() : 0;
        var records = HasRecord ? 1 : 0;
        ReleaseAcquired();
        var wasLoaded = _addressesAreLoaded;
        Reset();
        if (wasLoaded)
        {
            LoadAddresses();
            _addresses.DropExpiredAgain(_dropped);
            _record = _addresses.Count == 0 ? default : _record;
            _held.Mortal = _addresses.CountMortal();
        }

        Places.Undo(taken - _held.Mortal, records - _held.Records);
        _addresses.ForgetChanges();
    }

    /// <summary>Goes back to what was loaded, what has expired included: what the entry has become could not be written.</summary>
    public void Abandon()
    {
        var (held, records, wasLoaded) = (CountMortal(), HasRecord ? 1 : 0, _addressesAreLoaded);
        ReleaseAcquired();
        Reset();
        if (wasLoaded)
        {
            LoadAddresses();
        }

        Places.Undo(held - CountMortal(), records - (HasRecord ? 1 : 0));
        _addresses.ForgetChanges();

        // Those that nobody has looked at are what they were.
        int CountMortal() => _addressesAreLoaded ? _addresses.CountMortal() : 0;
    }

    /// <summary>The change is final: what nobody uses any more is let go.</summary>
    public void Commit()
    {
        if (!ReferenceEquals(_storedProtocols, Protocols))
        {
            sets.Release(_storedProtocols);
            _storedProtocols = Protocols;
        }
    }

    /// <summary>Overwrites what was loaded. Of no use until the next <see cref="Load"/>.</summary>
    public void Wipe() => CryptographicOperations.ZeroMemory(_image);

    /// <summary>Appends the sections, without protocols, for which memory has a number.</summary>
    public void Write(EntryBuffer output)
    {
        WriteAddresses(output);
        WriteSection(_record, EntrySection.Record, output);
        if (HasPublicKey)
        {
            output.PutSection(EntrySection.PublicKey, _publicKey.Length);
            output.Put(_publicKey.Span);
        }

        WriteSection(_privateKey, EntrySection.PrivateKey, output);
        if (_metadataIsLoaded)
        {
            _metadata.Write(output);
        }
        else
        {
            WriteSection(Section(EntrySection.Metadata), EntrySection.Metadata, output);
        }

        if (Latency is { } latency)
        {
            LatencySection.Write(latency, output);
        }
    }

    private void Reset()
    {
        (_addressesAreLoaded, _metadataIsLoaded, _isChanged) = (false, false, false);
        _addresses.ForgetChanges();
        _record = Section(EntrySection.Record);
        _publicKey = Section(EntrySection.PublicKey);
        _privateKey = Section(EntrySection.PrivateKey);
        HasPublicKey = _directory.Has(EntrySection.PublicKey);
        Latency = _directory.Has(EntrySection.Latency) ? LatencySection.Read(Section(EntrySection.Latency).Span) : null;
        Protocols = _storedProtocols;
    }

    private void LoadAddresses()
    {
        var (start, length) = _directory[EntrySection.Addresses];
        _addresses.Load(_image, start, length);
        _addressesAreLoaded = true;
        // Before a change begins this is what there is to go back to, whoever asks for it first.
        _held.Mortal = _addresses.CountMortal();
    }

    private void ReleaseAcquired()
    {
        if (!ReferenceEquals(Protocols, _storedProtocols))
        {
            sets.Release(Protocols);
            Protocols = _storedProtocols;
        }
    }

    private void WriteAddresses(EntryBuffer output)
    {
        if (_addressesAreLoaded)
        {
            _addresses.Write(output);
        }
        else
        {
            WriteSection(Section(EntrySection.Addresses), EntrySection.Addresses, output);
        }
    }

    private static void WriteSection(ReadOnlyMemory<byte> body, EntrySection section, EntryBuffer output)
    {
        if (!body.IsEmpty)
        {
            output.PutSection(section, body.Length);
            output.Put(body.Span);
        }
    }

    private ReadOnlyMemory<byte> Section(EntrySection section)
    {
        var (start, length) = _directory[section];
        return _image.AsMemory(start, length);
    }
}
