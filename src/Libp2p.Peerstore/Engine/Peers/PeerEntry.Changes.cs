using System.Runtime.InteropServices;

namespace Libp2p.Peerstore;

/// <summary>What the books, and the limits, change of the one peer.</summary>
internal sealed partial class PeerEntry
{
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
            RemoveAllButAddresses();
        }
        else
        {
            DropRecord();
            Addresses.Disown(AddressSource.Certified, [], DisownedRule.Keep);
        }

        DropRecordWithoutAddresses();
    }

    public void RemoveAllButAddresses()
    {
        RemoveKeys();
        TrySetProtocols([]);
        RemoveAllMetadata();
        SetLatency(null);
    }

    /// <summary>Adds an address, see <see cref="PeerAddresses.Add"/>.</summary>
    public AddressChange Add(Multiaddr address, Lifetime lifetime, AddressSource source) =>
        Addresses.Add(address, lifetime, source | Certificate(address));

    /// <summary>Sets an address, see <see cref="PeerAddresses.Set"/>.</summary>
    public AddressChange Set(Multiaddr address, Lifetime lifetime) =>
        Addresses.Set(address, lifetime, AddressSource.Added | Certificate(address));

    public void DropRecordWithoutAddresses()
    {
        if (!HasAddresses)
        {
            DropRecord();
        }
    }

    public bool TrySetRecord(StoredRecord record)
    {
        if (!HasRecord && !Places.TryTakeRecord())
        {
            return false;
        }

        (_record, _isChanged) = (record.Section, true);
        return true;
    }

    /// <summary>An address of the stored record; good as long as the entry is.</summary>
    public Multiaddr AddressOfRecord(RecordView record, (int Start, int Length) range)
    {
        _ = MemoryMarshal.TryGetArray(_record, out var section);
        return Multiaddr.FromTrusted(section.Array!, section.Offset + record.EnvelopeStart + range.Start, range.Length);
    }

    /// <summary>Notes a public key; no bytes for one that the peer ID holds.</summary>
    public void SetPublicKey(ReadOnlyMemory<byte> keyOutsideId)
    {
        if (!HasPublicKey)
        {
            (HasPublicKey, _publicKey, _isChanged) = (true, keyOutsideId, true);
        }
    }

    public void SetPrivateKey(ReadOnlyMemory<byte> key)
    {
        if (!_privateKey.Span.SequenceEqual(key.Span))
        {
            (_privateKey, _isChanged) = (key, true);
        }
    }

    public void RemoveKeys()
    {
        if (HasKeys)
        {
            (HasPublicKey, _publicKey, _privateKey, _isChanged) = (false, default, default, true);
        }
    }

    /// <summary>Replaces the protocols; false, and nothing changes, where there is no room for a set that nobody has.</summary>
    public bool TrySetProtocols(string[] sorted)
    {
        if (Protocols.Sorted.AsSpan().SequenceEqual(sorted))
        {
            return true;
        }

        if (sets.TryAcquire(sorted) is { } set)
        {
            return Take(set);
        }

        Places.LackProtocolSet();
        return false;
    }

    /// <summary>Sets protocols that a file holds, whatever the limit is today.</summary>
    public void SetProtocolsAnyway(string[] sorted) => Take(sets.Acquire(sorted));

    public void SetMetadata(ReadOnlyMemory<byte> key, StoredValue value) => _isChanged |= Metadata.Set(key, value);

    public void RemoveMetadata(ReadOnlySpan<byte> key) => _isChanged |= Metadata.Remove(key);

    public void RemoveAllMetadata()
    {
        _isChanged |= HasMetadata;
        Metadata.Clear();
    }

    public void SetLatency(long? nanoseconds)
    {
        if (Latency != nanoseconds)
        {
            (Latency, _isChanged) = (nanoseconds, true);
        }
    }

    private void DropRecord()
    {
        if (HasRecord)
        {
            (_record, _isChanged) = (default, true);
            Places.GiveRecord();
        }
    }

    private bool Take(ProtocolSet set)
    {
        ReleaseAcquired();
        if (ReferenceEquals(set, _storedProtocols))
        {
            // Back to what it was, which is counted already.
            sets.Release(set);
        }

        (Protocols, _isChanged) = (set, true);
        return true;
    }

    /// <summary>Whoever brings it: an address that stands in the stored record is certified.</summary>
    private AddressSource Certificate(Multiaddr address) =>
        HasRecord && Record.Contains(address.Bytes) ? AddressSource.Certified : AddressSource.None;
}
