namespace Libp2p.Peerstore;

/// <summary>All that is known of one peer. Guarded by the gate of the peer's shard.</summary>
internal sealed class PeerEntry(PeerstoreOptions options)
{
    private readonly long[] _marks = [long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue];
    private long _version;

    public PeerAddresses Addresses { get; } = new(options);

    public StoredRecord? Record { get; private set; }

    /// <summary>Whether a public key was stored, be it here or within the peer ID.</summary>
    public bool HasPublicKey { get; private set; }

    /// <summary>The stored public key; null where the peer ID itself holds it.</summary>
    public PublicKey? PublicKey { get; private set; }

    public PrivateKey? PrivateKey { get; private set; }

    /// <summary>Sorted; replaced as a whole, never changed.</summary>
    public string[] Protocols { get; private set; } = [];

    public Dictionary<string, StoredValue>? Metadata { get; private set; }

    /// <summary>The moving average of the latency in nanoseconds.</summary>
    public long? Latency { get; private set; }

    /// <summary>Rises with every change; what tells the journal that there is something to write.</summary>
    public long Version => _version + Addresses.Version;

    /// <summary>The places in hand; there are some whenever something is changed.</summary>
    public Places Places
    {
        get => Addresses.Places;
        set => Addresses.Places = value;
    }

    /// <summary>Names this state to callers: given by the shard, never given twice.</summary>
    public long Stamp { get; set; }

    public bool HasKeys => HasPublicKey || PrivateKey is not null;

    public bool HasMore => HasKeys || Protocols.Length > 0 || Metadata is { Count: > 0 } || Latency is not null;

    public bool IsEmpty => Addresses.Count == 0 && !HasMore;

    public bool IsLive(long now) => HasMore || Addresses.HasLive(now);

    /// <summary>The end at which this peer stands in a queue of its shard.</summary>
    public ref long Mark(EndKind kind) => ref _marks[(int)kind];

    /// <summary>When something ends; <see cref="long.MaxValue"/> for what has no end, or is never given up.</summary>
    /// <remarks>
    /// Never given up for others: anything of a peer that has a permanent or connected address, and a peer with a
    /// private key.
    /// </remarks>
    public long EndOf(EndKind kind) => kind switch
    {
        EndKind.NextAddress => Addresses.NextExpiry,
        EndKind.Address => Addresses.HasEndless ? long.MaxValue : Addresses.NextExpiry,
        EndKind.Record => Record is null ? long.MaxValue : Addresses.LastExpiry,
        _ => PrivateKey is null ? Addresses.LastExpiry : long.MaxValue,
    };

    /// <summary>Makes room for others: gives up what ends first, the record, or everything.</summary>
    public void GiveUp(EndKind kind)
    {
        if (kind == EndKind.Address)
        {
            Addresses.EvictFirst();
        }
        else if (kind == EndKind.Peer)
        {
            Addresses.Clear();
            RemoveKeys();
            SetProtocols([]);
            RemoveAllMetadata();
            SetLatency(null);
        }
        else
        {
            DropRecord();
            Addresses.Disown(AddressSource.Certified, [], DisownedRule.Keep);
        }

        DropRecordWithoutAddresses();
    }

    /// <summary>Adds an address, see <see cref="PeerAddresses.Add"/>.</summary>
    public AddressChange Add(Multiaddr address, Lifetime lifetime, AddressSource source) =>
        Addresses.Add(address, lifetime, source | Certificate(address));

    /// <summary>Sets an address, see <see cref="PeerAddresses.Set"/>.</summary>
    public AddressChange Set(Multiaddr address, Lifetime lifetime) =>
        Addresses.Set(address, lifetime, AddressSource.Added | Certificate(address));

    /// <summary>Removes what has expired; a record goes with the last address.</summary>
    public int DropExpired(long now)
    {
        var dropped = Addresses.DropExpired(now);
        DropRecordWithoutAddresses();
        return dropped;
    }

    public void DropRecordWithoutAddresses()
    {
        if (Addresses.Count == 0)
        {
            DropRecord();
        }
    }

    private void DropRecord()
    {
        if (Record is not null)
        {
            Record = null;
            Places.GiveRecord();
            _version++;
        }
    }

    /// <summary>What <see cref="Undo"/> goes back to.</summary>
    public PeerMemento Save() => new()
    {
        Addresses = Addresses.Save(),
        Record = Record,
        Keys = (HasPublicKey, PublicKey, PrivateKey),
        Protocols = Protocols,
        Metadata = Metadata,
        Latency = Latency,
        Version = _version,
    };

    /// <summary>Undoes all changes since a state was saved; places that were taken go to the hand.</summary>
    public void Undo(PeerMemento saved)
    {
        Addresses.Undo(saved.Addresses);
        Places.Undo(addresses: 0, (Record is null ? 0 : 1) - (saved.Record is null ? 0 : 1));
        (Record, Protocols, Metadata, Latency) = (saved.Record, saved.Protocols, saved.Metadata, saved.Latency);
        (HasPublicKey, PublicKey, PrivateKey) = saved.Keys;
        _version = saved.Version;
    }

    public bool TrySetRecord(StoredRecord record)
    {
        if (Record is null && !Places.TryTakeRecord())
        {
            return false;
        }


        Record = record;
        _version++;
        return true;
    }

    public void RestoreRecord(StoredRecord record) => Record = record;

    public void SetPublicKey(PublicKey? keyOutsideId)
    {
        if (!HasPublicKey)
        {
            (HasPublicKey, PublicKey) = (true, keyOutsideId);
            _version++;
        }
    }

    public void SetPrivateKey(PrivateKey key)
    {
        PrivateKey = key;
        _version++;
    }

    public void RemoveKeys()
    {
        if (HasKeys)
        {
            (HasPublicKey, PublicKey, PrivateKey) = (false, null, null);
            _version++;
        }
    }

    public void SetProtocols(string[] sorted)
    {
        if (!Protocols.AsSpan().SequenceEqual(sorted))
        {
            Protocols = sorted;
            _version++;
        }
    }

    public void SetKeys(bool hasPublicKey, PublicKey? keyOutsideId, PrivateKey? privateKey)
    {
        if (HasPublicKey != hasPublicKey || !Equals(PublicKey, keyOutsideId) || !ReferenceEquals(PrivateKey, privateKey))
        {
            (HasPublicKey, PublicKey, PrivateKey) = (hasPublicKey, keyOutsideId, privateKey);
            _version++;
        }
    }

    public void SetAllMetadata(Dictionary<string, StoredValue> values)
    {
        if (values.Count == (Metadata?.Count ?? 0) && values.All(IsStored))
        {
            return;
        }

        Metadata = values.Count > 0 ? values : null;
        _version++;
    }

    public void SetMetadata(string key, StoredValue value)
    {
        (Metadata ??= new(StringComparer.Ordinal))[key] = value;
        _version++;
    }

    public void RemoveMetadata(string key)
    {
        if (Metadata is not null && Metadata.Remove(key))
        {
            _version++;
        }
    }

    public void RemoveAllMetadata()
    {
        if (Metadata is not null)
        {
            Metadata = null;
            _version++;
        }
    }

    public void SetLatency(long? nanoseconds)
    {
        if (Latency != nanoseconds)
        {
            Latency = nanoseconds;
            _version++;
        }
    }

    private bool IsStored(KeyValuePair<string, StoredValue> value) =>
        Metadata is not null && Metadata.TryGetValue(value.Key, out var stored) && stored == value.Value;

    /// <summary>Whoever brings it: an address that stands in the stored record is certified.</summary>
    private AddressSource Certificate(Multiaddr address) =>
        Record is not null && Record.Addresses.Contains(address) ? AddressSource.Certified : AddressSource.None;
}
