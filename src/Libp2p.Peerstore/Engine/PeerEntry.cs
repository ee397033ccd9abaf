namespace Libp2p.Peerstore;

/// <summary>All that is known of one peer. Guarded by the gate of the peer's shard.</summary>
internal sealed class PeerEntry(PeerstoreOptions options, Quota addressQuota, Quota recordQuota)
{
    private long _version;

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

    /// <summary>The end at which this peer stands in the shard's expiry queue.</summary>
    public long QueuedExpiry { get; set; } = long.MaxValue;

    public bool HasKeys => HasPublicKey || PrivateKey is not null;

    public bool HasMore => HasKeys || Protocols.Length > 0 || Metadata is { Count: > 0 } || Latency is not null;

    public bool IsEmpty => Addresses.Count == 0 && !HasMore;

    public bool IsLive(long now) => HasMore || Addresses.HasLive(now);

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
        if (Addresses.Count == 0 && Record is not null)
        {
            Record = null;
            recordQuota.Return(1);
            _version++;
        }
    }

    public bool TrySetRecord(StoredRecord record)
    {
        if (Record is null && !recordQuota.TryTake())
        {
            return false;
        }

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
