namespace Libp2p.Peerstore;

/// <summary>All that is known of one peer. Guarded by the gate of the peer's shard.</summary>
internal sealed class PeerEntry(PeerstoreOptions options, Quota addressQuota, Quota recordQuota)
{
    private readonly long[] _marks = [long.MaxValue, long.MaxValue, long.MaxValue];
    private long _version;
    private bool _hasReservation;

    public PeerAddresses Addresses { get; } = new(options, addressQuota);

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

    /// <summary>Names this state to callers: given by the shard, never given twice.</summary>
    public long Stamp { get; set; }

    public bool HasKeys => HasPublicKey || PrivateKey is not null;

    public bool HasMore => HasKeys || Protocols.Length > 0 || Metadata is { Count: > 0 } || Latency is not null;

    public bool IsEmpty => Addresses.Count == 0 && !HasMore;

    public bool IsLive(long now) => HasMore || Addresses.HasLive(now);

    /// <summary>The end at which this peer stands in a queue of its shard.</summary>
    public ref long Mark(EndKind kind) => ref _marks[(int)kind];

    /// <summary>When something ends; <see cref="long.MaxValue"/> for what has no end and is never evicted.</summary>
    public long EndOf(EndKind kind) => kind switch
    {
        EndKind.NextAddress => Addresses.NextExpiry,
        EndKind.Record => Record is null ? long.MaxValue : Addresses.LastExpiry,
        _ => PrivateKey is null ? Addresses.LastExpiry : long.MaxValue,
    };

    /// <summary>Makes room for others: gives up what ends first, the record, or everything.</summary>
    public void GiveUp(EndKind kind)
    {
        if (kind == EndKind.NextAddress)
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
            recordQuota.Return(1);
            _version++;
        }
    }

    /// <summary>Takes a place for a record that comes later under the same hold of the gate, or is released.</summary>
    public bool TryReserveRecord() => _hasReservation || (_hasReservation = recordQuota.TryTake());

    public void ReleaseReservation()
    {
        recordQuota.Return(_hasReservation ? 1 : 0);
        _hasReservation = false;
    }

    public bool TrySetRecord(StoredRecord record)
    {
        if (Record is null && !_hasReservation && !recordQuota.TryTake())
        {
            return false;
        }

        _hasReservation = false;

        Record = record;
        _version++;
        return true;
    }

    public void RestoreRecord(StoredRecord record)
    {
        recordQuota.TakeAnyway();
        Record = record;
    }

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

    /// <summary>Whoever brings it: an address that stands in the stored record is certified.</summary>
    private AddressSource Certificate(Multiaddr address) =>
        Record is not null && Record.Addresses.Contains(address) ? AddressSource.Certified : AddressSource.None;
}
