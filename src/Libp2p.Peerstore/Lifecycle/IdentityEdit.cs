namespace Libp2p.Peerstore;

/// <summary>The changes that make the store know what a peer said of itself, given what it knew before.</summary>
internal sealed class IdentityEdit(
    ReceivedIdentity said,
    PeerSnapshot known,
    TimeSpan ttl,
    IReadOnlyList<Multiaddr>? addresses,
    (PeerRecord? Record, IdentifyParts Parts) taken)
{
    public void Write(IPeerEdit edit)
    {
        if (addresses is not null && Takes(IdentifyParts.Addresses))
        {
            WriteAddresses(edit, addresses);
        }

        if (Takes(IdentifyParts.Protocols))
        {
            edit.SetProtocols(said.Protocols!);
        }

        if (Takes(IdentifyParts.Versions))
        {
            WriteVersion(edit, MetadataKeys.ProtocolVersion, said.ProtocolVersion);
            WriteVersion(edit, MetadataKeys.AgentVersion, said.AgentVersion);
        }

        if (Takes(IdentifyParts.PublicKey) && known.PublicKey is null)
        {
            edit.AddPublicKey(said.Key!);
        }
    }

    private bool Takes(IdentifyParts part) => (taken.Parts & part) != IdentifyParts.None;

    /// <summary>Removes before it adds: at a limit, what the peer no longer says makes room for what it says now.</summary>
    /// <remarks>
    /// With its last address a peer loses its record. So a new record is first held against the one that is stored, and
    /// whichever is the peer's is stored again behind the new addresses.
    /// </remarks>
    private void WriteAddresses(IPeerEdit edit, IReadOnlyList<Multiaddr> now)
    {
        // No lifetime: a record certifies what is announced here, and brings nothing that was filtered out.
        if (taken.Record is not null && known.Record is not null)
        {
            edit.Consume(taken.Record, TimeSpan.Zero);
        }

        var current = now.ToHashSet();
        edit.SetAddresses([.. Former(details => !current.Contains(details.Address))], TimeSpan.Zero);
        edit.AnnounceAddresses(now, ttl);
        if ((taken.Record ?? said.Read(known.Record)) is { } record)
        {
            edit.Consume(record, TimeSpan.Zero);
        }

        if (ttl != AddressTtl.Connected)
        {
            // Nothing of a peer that has gone stays connected; announcing again does not shorten.
            var connected = Former(details => details.Ttl == AddressTtl.Connected && current.Contains(details.Address));
            edit.SetAddresses([.. connected], ttl);
        }
    }

    /// <summary>The addresses that the peer was known by from connections, now or a moment ago.</summary>
    private IEnumerable<Multiaddr> Former(Func<AddressDetails, bool> test) =>
        from details in known.Addresses
        where details.Ttl == AddressTtl.Connected || details.Ttl == AddressTtl.RecentlyConnected
        where test(details)
        select details.Address;

    private void WriteVersion(IPeerEdit edit, string key, string? version)
    {
        if (version is not null)
        {
            edit.SetMetadata(key, version);
        }
        else if (!said.IsPush)
        {
            edit.RemoveMetadata(key);
        }
    }
}
