namespace Libp2p.Peerstore;

/// <summary>An entry as it was read from a file, checked but not yet part of an engine.</summary>
internal sealed class StoredPeer
{
    public List<AddressEntry> Addresses { get; } = [];

    public StoredRecord? Record { get; set; }

    public bool HasPublicKey { get; set; }

    public PublicKey? PublicKey { get; set; }

    public PrivateKey? PrivateKey { get; set; }

    public List<string> Protocols { get; } = [];

    public Dictionary<string, StoredValue> Metadata { get; } = new(StringComparer.Ordinal);

    public long? Latency { get; set; }

    /// <summary>Whether an address was connected when it was stored.</summary>
    public bool WasConnected => Addresses.Exists(static address => address.Ttl == AddressTtl.Connected.Ticks);

    /// <summary>Fills an entry with what is still alive.</summary>
    /// <remarks>
    /// "Connected" was true of a process that is no more: such an address counts as recently connected from now on.
    /// </remarks>
    public void RestoreTo(PeerEntry entry, long now)
    {
        foreach (var stored in Addresses)
        {
            var address = stored;
            if (address.Ttl == AddressTtl.Connected.Ticks)
            {
                var recently = new Lifetime(AddressTtl.RecentlyConnected, now);
                (address.Ttl, address.Expires) = (recently.Ttl, recently.Expires);
            }

            if (address.IsLive(now))
            {
                entry.Addresses.Restore(address);
            }
        }

        if (Record is not null && entry.Addresses.Count > 0)
        {
            entry.RestoreRecord(Record);
        }

        if (HasPublicKey)
        {
            entry.SetPublicKey(PublicKey);
        }

        if (PrivateKey is not null)
        {
            entry.SetPrivateKey(PrivateKey);
        }

        entry.SetProtocols([.. Protocols]);
        foreach (var (key, value) in Metadata)
        {
            entry.SetMetadata(key, value);
        }

        entry.SetLatency(Latency);
    }
}
