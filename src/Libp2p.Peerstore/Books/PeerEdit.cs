namespace Libp2p.Peerstore;

/// <summary>The changes of one atomic edit: collected without a lock, applied under one.</summary>
/// <remarks>
/// Steps on protocols, metadata, keys and latency work on a copy, so that one that a limit forbids undoes all; records
/// are compared before the first of them is stored. Only then is anything changed, and from there nothing can fail.
/// </remarks>
internal sealed class PeerEdit(PeerId peer, PeerstoreEngine engine, MetadataSerializer serializer) : IPeerEdit
{
    private readonly List<BookStep> _bookSteps = [];
    private readonly List<AddressStep> _addressSteps = [];
    private readonly List<AddressOffer> _offers = [];
    private bool _hasRecord;

    private delegate PeerEditOutcome BookStep(StagedPeer staged);

    public PeerVersion? Expected { get; init; }

    public IPeerEdit AddAddresses(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var offer = Offer(addresses, ttl);
        return Then((in change) => AddressRules.Add(change, offer, AddressSource.Added));
    }

    public IPeerEdit SetAddresses(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var offer = Offer(addresses, ttl);
        return Then((in change) => AddressRules.Set(change, offer));
    }

    public IPeerEdit AnnounceAddresses(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        var offer = Offer(addresses, ttl);
        return Then((in change) => AddressRules.Announce(change, offer));
    }

    public IPeerEdit UpdateAddresses(TimeSpan oldTtl, TimeSpan newTtl) =>
        Then((in change) => AddressRules.Update(change, oldTtl, newTtl));

    public IPeerEdit ClearAddresses()
    {
        _addressSteps.Add(new(Record: null, IsClear: true, (in change) =>
        {
            AddressRules.Clear(change);
            return default;
        }));
        return this;
    }

    public IPeerEdit Consume(PeerRecord record, TimeSpan ttl)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Peer != peer)
        {
            throw new ArgumentException($"The record is of peer {record.Peer}, not of {peer}.", nameof(record));
        }

        var addresses = Offer(record.Addresses, ttl);
        var offer = new RecordOffer(new StoredRecord(record, addresses.Own), addresses, engine.Options.NewerRecord);
        _hasRecord = true;
        _addressSteps.Add(new(
            offer.Record, IsClear: false, (in change) => AddressRules.Consume(change, offer).Addresses));
        return this;
    }

    public IPeerEdit AddPublicKey(PublicKey key)
    {
        Require.KeyOf(peer, key);
        var outsideId = peer.TryGetPublicKey(out _) ? null : key;
        return Then(staged =>
        {
            (staged.HasPublicKey, staged.PublicKey) = (true, outsideId);
            return PeerEditOutcome.Applied;
        });
    }

    public IPeerEdit AddPrivateKey(PrivateKey key)
    {
        Require.KeyOf(peer, key?.PublicKey!, nameof(key));
        return Then(staged =>
        {
            staged.PrivateKey = key;
            return PeerEditOutcome.Applied;
        });
    }

    public IPeerEdit RemoveKeys() => Then(static staged =>
    {
        (staged.HasPublicKey, staged.PublicKey, staged.PrivateKey) = (false, null, null);
        return PeerEditOutcome.Applied;
    });

    public IPeerEdit AddProtocols(IReadOnlyList<string> protocols) => StoreProtocols(protocols, keepFormer: true);

    public IPeerEdit SetProtocols(IReadOnlyList<string> protocols) => StoreProtocols(protocols, keepFormer: false);

    public IPeerEdit RemoveProtocols(IReadOnlyList<string> protocols)
    {
        var removed = Require.ProtocolIds(protocols);
        return Then(staged =>
        {
            staged.Protocols = BookRules.Without(staged.Protocols, removed);
            return PeerEditOutcome.Applied;
        });
    }

    public IPeerEdit SetMetadata<T>(string key, T value)
    {
        Require.WellFormed(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        var stored = serializer.Serialize(value);
        return Then(staged =>
        {
            var outcome = BookRules.Check(staged.Metadata, key, stored, staged.Options);
            if (outcome == MetadataOutcome.Stored)
            {
                staged.Metadata[key] = stored;
            }

            return outcome switch
            {
                MetadataOutcome.Stored => PeerEditOutcome.Applied,
                MetadataOutcome.TooMany => PeerEditOutcome.TooManyMetadata,
                _ => PeerEditOutcome.MetadataTooLarge,
            };
        });
    }

    public IPeerEdit RemoveMetadata(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Then(staged =>
        {
            staged.Metadata.Remove(key);
            return PeerEditOutcome.Applied;
        });
    }

    public IPeerEdit RemoveAllMetadata() => Then(static staged =>
    {
        staged.Metadata.Clear();
        return PeerEditOutcome.Applied;
    });

    public IPeerEdit RecordLatency(TimeSpan latency) => Then(staged =>
    {
        staged.Latency = BookRules.Average(staged.Latency, latency);
        return PeerEditOutcome.Applied;
    });

    public IPeerEdit RemoveLatency() => Then(static staged =>
    {
        staged.Latency = null;
        return PeerEditOutcome.Applied;
    });

    /// <summary>Makes room, before any lock is taken, for what the edit brings.</summary>
    public void MakeRoom()
    {
        foreach (var offer in _offers)
        {
            offer.MakeRoom(engine, peer);
        }

        if (_hasRecord)
        {
            engine.MakeRecordRoom(peer);
        }
    }

    /// <summary>Applies all of it, or nothing.</summary>
    public (PeerEditOutcome Outcome, AddressTally Addresses) Apply(in PeerChange change)
    {
        var outcome = Expected is { } version && version != change.Version
            ? PeerEditOutcome.VersionChanged
            : CheckRecords(change.Entry);
        var staged = new StagedPeer(change.Entry, engine.Options);
        for (var i = 0; outcome == PeerEditOutcome.Applied && i < _bookSteps.Count; i++)
        {
            outcome = _bookSteps[i](staged);
        }

        var tally = new AddressTally();
        if (outcome == PeerEditOutcome.Applied)
        {
            staged.Commit();
            foreach (var step in _addressSteps)
            {
                tally.Add(step.Apply(change));
            }
        }

        change.Entry.ReleaseReservation();
        return (outcome, tally);
    }

    private PeerEditOutcome CheckRecords(PeerEntry entry)
    {
        var stored = entry.Record;
        foreach (var step in _addressSteps)
        {
            if (step.Record is { } offered)
            {
                if (stored is not null && offered.Sequence < stored.Sequence)
                {
                    return PeerEditOutcome.StaleRecord;
                }

                if (stored is null && !entry.TryReserveRecord())
                {
                    return PeerEditOutcome.NoRoom;
                }
            }

            stored = step.IsClear ? null : step.Record ?? stored;
        }

        return PeerEditOutcome.Applied;
    }

    private PeerEdit StoreProtocols(IReadOnlyList<string> protocols, bool keepFormer)
    {
        var offered = Require.ProtocolIds(protocols);
        return Then(staged =>
        {
            if (!BookRules.AreShortEnough(offered, staged.Options))
            {
                return PeerEditOutcome.ProtocolTooLong;
            }

            var joined = BookRules.Join(keepFormer ? staged.Protocols : [], offered, staged.Options);
            staged.Protocols = joined ?? staged.Protocols;
            return joined is null ? PeerEditOutcome.TooManyProtocols : PeerEditOutcome.Applied;
        });
    }

    private AddressOffer Offer(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        var offer = new AddressOffer(peer, addresses, ttl);
        _offers.Add(offer);
        return offer;
    }

    private PeerEdit Then(BookStep step)
    {
        _bookSteps.Add(step);
        return this;
    }

    private PeerEdit Then(AddressStep.Change apply)
    {
        _addressSteps.Add(new(Record: null, IsClear: false, apply));
        return this;
    }

    /// <summary>A step on addresses: what it does, and what it means for the stored record.</summary>
    private sealed record AddressStep(StoredRecord? Record, bool IsClear, AddressStep.Change Apply)
    {
        public delegate AddressTally Change(in PeerChange change);
    }
}
