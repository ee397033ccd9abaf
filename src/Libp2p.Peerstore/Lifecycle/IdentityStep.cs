namespace Libp2p.Peerstore;

/// <summary>Writes what a peer said of itself into the store, in one edit.</summary>
/// <remarks>
/// <para>
/// go-libp2p (<c>identify/id.go</c>, <c>consumeMessage</c>) marks the former addresses with the lifetime "temporary",
/// adds the new ones and removes what still has the mark, and with it addresses that really were temporary. Here the
/// former ones are read first, and the edit holds only if nobody else has changed the peer since.
/// </para>
/// <para>A part that the store refuses is left out, so that too many protocols do not cost a peer its addresses.</para>
/// </remarks>
internal sealed class IdentityStep(
    IPeerstore store, PeerLifecycleOptions options, ReceivedIdentity said, bool isConnected)
{
    private IdentifyParts _parts;
    private IdentifyParts _refused;
    private EnvelopeOutcome _recordOutcome;
    private PeerRecord? _record;
    private IReadOnlyList<Multiaddr>? _addresses;

    private TimeSpan Ttl => isConnected ? AddressTtl.Connected : AddressTtl.RecentlyConnected;

    public async ValueTask<IdentifyOutcome> RunAsync()
    {
        var peer = said.Connection.Peer;
        var known = await store.GetSnapshotAsync(peer).ConfigureAwait(false);
        Weigh(known);
        for (var attempt = 1; _parts != IdentifyParts.None; attempt++)
        {
            var record = Has(IdentifyParts.Record) ? _record : null;
            var edit = new IdentityEdit(said, known, Ttl, _addresses, (record, _parts));
            var outcome = attempt <= LifecycleLimits.Attempts
                ? await store.UpdatePeerAsync(peer, known.Version, edit.Write).ConfigureAwait(false)
                : await store.UpdatePeerAsync(peer, edit.Write).ConfigureAwait(false);
            known = await store.GetSnapshotAsync(peer).ConfigureAwait(false);
            if (outcome == PeerEditOutcome.Applied)
            {
                Confirm(known);
                break;
            }

            Refuse(PartAtFault(outcome));
        }

        return new IdentifyOutcome(_parts, _refused, _recordOutcome);
    }

    /// <summary>Sets which parts were said at all, and which of those are good.</summary>
    private void Weigh(PeerSnapshot known)
    {
        _recordOutcome = said.Open(known.Record, out _record);
        _addresses = said.Addresses(_record, isConnected ? options.MaxConnectedAddresses : options.MaxRecentAddresses);
        _parts = _addresses is null ? IdentifyParts.None : IdentifyParts.Addresses;
        Say(IdentifyParts.Record, said.HasRecord, _record is not null);
        Say(IdentifyParts.Protocols, !said.IsPush || said.Protocols is not { Count: 0 }, said.Protocols is not null);
        Say(IdentifyParts.Versions, !said.IsPush || said.HasVersions, said.VersionsAreGood);
        Say(IdentifyParts.PublicKey, said.HasKey, said.Key is not null);
    }

    /// <summary>
    /// Takes back what an edit that was applied did not store: addresses that were filtered out or found no room, and
    /// a record, which lives only with addresses.
    /// </summary>
    private void Confirm(PeerSnapshot stored)
    {
        if (_addresses is null || !Has(IdentifyParts.Addresses))
        {
            return;
        }

        var isAnyStored = stored.Addresses.Select(static details => details.Address).Intersect(_addresses).Any();
        if (!isAnyStored && said.SaysAddresses(_record))
        {
            Refuse(IdentifyParts.Addresses);
        }

        if (!said.IsRecord(stored.Record))
        {
            Refuse(IdentifyParts.Record);
        }
    }

    private void Say(IdentifyParts part, bool isSaid, bool isGood)
    {
        _parts |= isSaid ? part : IdentifyParts.None;
        if (isSaid && !isGood)
        {
            Refuse(part);
        }
    }

    private void Refuse(IdentifyParts parts)
    {
        _refused |= _parts & parts;
        _parts &= ~parts;
    }

    private bool Has(IdentifyParts part) => (_parts & part) != IdentifyParts.None;

    private IdentifyParts PartAtFault(PeerEditOutcome outcome) => outcome switch
    {
        PeerEditOutcome.VersionChanged => IdentifyParts.None,
        PeerEditOutcome.StaleRecord or PeerEditOutcome.RecordFromTheFuture => IdentifyParts.Record,
        PeerEditOutcome.TooManyProtocols or PeerEditOutcome.ProtocolTooLong => IdentifyParts.Protocols,
        PeerEditOutcome.MetadataTooLarge or PeerEditOutcome.TooManyMetadata => IdentifyParts.Versions,
        PeerEditOutcome.NoRoom when Has(IdentifyParts.Record) => IdentifyParts.Record,
        _ => _parts,
    };
}
