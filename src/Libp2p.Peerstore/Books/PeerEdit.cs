namespace Libp2p.Peerstore;

/// <summary>The changes of one atomic edit: collected without a lock, applied under one.</summary>
/// <remarks>
/// Steps on protocols, metadata, keys and latency come first, because they say at once whether they are refused; a step
/// that is refused undoes those before it. The recorder is of no use once the method that it was given to has returned.
/// </remarks>
internal sealed class PeerEdit(PeerId peer, PeerstoreEngine engine, MetadataSerializer serializer) : IPeerEdit
{
    private readonly List<BookStep> _bookSteps = [];
    private readonly List<AddressStep> _addressSteps = [];
    private bool _isSealed;

    private delegate PeerEditOutcome BookStep(PeerEntry entry);

    private delegate AddressTally TallyStep(in PeerChange change);

    private delegate (RecordOutcome Record, AddressTally Addresses) AddressStep(in PeerChange change);

    public PeerVersion? Expected { get; init; }

    /// <summary>The name of the limit for which the edit was refused as <see cref="PeerEditOutcome.MetadataTooLarge"/>.</summary>
    public string? SizeLimit { get; private set; }

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

    public IPeerEdit ClearAddresses() => Then(static (in change) =>
    {
        AddressRules.Clear(change);
        return default(AddressTally);
    });

    public IPeerEdit Consume(PeerRecord record, TimeSpan ttl)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Peer != peer)
        {
            throw new ArgumentException($"The record is of peer {record.Peer}, not of {peer}.", nameof(record));
        }

        var addresses = Offer(record.Addresses, ttl);
        var offer = new RecordOffer(new StoredRecord(record, addresses.Own), addresses, engine.Options.NewerRecord);
        return ThenStep((in change) => AddressBook.Take(change, offer, engine.Options));
    }

    public IPeerEdit AddPublicKey(PublicKey key)
    {
        Require.KeyOf(peer, key);
        var outsideId = KeyBook.OutsideId(peer, key);
        return Then(entry =>
        {
            entry.SetPublicKey(outsideId);
            return PeerEditOutcome.Applied;
        });
    }

    public IPeerEdit AddPrivateKey(PrivateKey key)
    {
        Require.KeyOf(peer, key?.PublicKey!, nameof(key));
        engine.Journal?.ThrowIfTakingNoPrivateKeys();
        var encoded = key!.Encode();
        return Then(entry =>
        {
            entry.SetPrivateKey(encoded);
            return PeerEditOutcome.Applied;
        });
    }

    public IPeerEdit RemoveKeys() => Then(static entry =>
    {
        entry.RemoveKeys();
        return PeerEditOutcome.Applied;
    });

    public IPeerEdit AddProtocols(IReadOnlyList<string> protocols) => StoreProtocols(protocols, keepFormer: true);

    public IPeerEdit SetProtocols(IReadOnlyList<string> protocols) => StoreProtocols(protocols, keepFormer: false);

    public IPeerEdit RemoveProtocols(IReadOnlyList<string> protocols)
    {
        var removed = Require.ProtocolIds(protocols);
        return Then(entry => entry.TrySetProtocols(BookRules.Without(entry.Protocols.Sorted, removed))
            ? PeerEditOutcome.Applied
            : PeerEditOutcome.NoRoom);
    }

    public IPeerEdit SetMetadata<T>(string key, T value)
    {
        Require.WellFormed(key, nameof(key));
        ArgumentNullException.ThrowIfNull(value);
        var (name, stored) = (MetadataBook.Encode(key), serializer.Serialize(value));
        return Then(entry =>
        {
            var outcome = BookRules.Check(entry.Metadata, name, stored, engine.Options);
            SizeLimit = outcome == MetadataOutcome.TooLarge ? BookRules.SizeLimit(name, stored, engine.Options) : null;
            if (outcome == MetadataOutcome.Stored)
            {
                entry.SetMetadata(name, stored);
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
        Require.WellFormed(key, nameof(key));
        var name = MetadataBook.Encode(key);
        return Then(entry =>
        {
            entry.RemoveMetadata(name);
            return PeerEditOutcome.Applied;
        });
    }

    public IPeerEdit RemoveAllMetadata() => Then(static entry =>
    {
        entry.RemoveAllMetadata();
        return PeerEditOutcome.Applied;
    });

    public IPeerEdit RecordLatency(TimeSpan latency) => Then(entry =>
    {
        entry.SetLatency(BookRules.Average(entry.Latency, latency));
        return PeerEditOutcome.Applied;
    });

    public IPeerEdit RemoveLatency() => Then(static entry =>
    {
        entry.SetLatency(null);
        return PeerEditOutcome.Applied;
    });

    /// <summary>Ends the listing: what is listed later, by code that went on beside, is an error of its own.</summary>
    public void Seal() => _isSealed = true;

    /// <summary>Applies all of it, or nothing.</summary>
    public (PeerEditOutcome Outcome, AddressTally Addresses) Apply(in PeerChange change)
    {
        if (Expected is { } version && version != change.Version)
        {
            return (PeerEditOutcome.VersionChanged, default);
        }

        foreach (var step in _bookSteps)
        {
            if (step(change.Entry) is not PeerEditOutcome.Applied and var refusal)
            {
                change.Entry.Undo();
                return (refusal, default);
            }
        }

        var tally = new AddressTally();
        foreach (var step in _addressSteps)
        {
            var (record, addresses) = step(change);
            if (record is RecordOutcome.Stale or RecordOutcome.FromTheFuture or RecordOutcome.NoRoom)
            {
                change.Entry.Undo();
                if (record == RecordOutcome.NoRoom)
                {
                    return (PeerEditOutcome.NoRoom, default);
                }

                // Refused for good: nobody gives anything up for what the steps before it lacked.
                change.Entry.Places.ForgetLacks();
                return (
                    record == RecordOutcome.Stale ? PeerEditOutcome.StaleRecord : PeerEditOutcome.RecordFromTheFuture, default);
            }

            tally.Add(addresses);
        }

        return (PeerEditOutcome.Applied, tally);
    }

    private PeerEdit StoreProtocols(IReadOnlyList<string> protocols, bool keepFormer)
    {
        var offered = Require.ProtocolIds(protocols);
        return Then(entry =>
        {
            if (!BookRules.AreShortEnough(offered, engine.Options))
            {
                return PeerEditOutcome.ProtocolTooLong;
            }

            if (BookRules.Join(keepFormer ? entry.Protocols.Sorted : [], offered, engine.Options) is not { } joined)
            {
                return PeerEditOutcome.TooManyProtocols;
            }

            return entry.TrySetProtocols(joined) ? PeerEditOutcome.Applied : PeerEditOutcome.NoRoom;
        });
    }

    private AddressOffer Offer(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        return new AddressOffer(peer, addresses, ttl);
    }

    private PeerEdit Then(BookStep step)
    {
        ThrowIfSealed();
        _bookSteps.Add(step);
        return this;
    }

    private PeerEdit Then(TallyStep step) => ThenStep((in change) => (RecordOutcome.None, step(change)));

    private PeerEdit ThenStep(AddressStep step)
    {
        ThrowIfSealed();
        _addressSteps.Add(step);
        return this;
    }

    private void ThrowIfSealed()
    {
        if (_isSealed)
        {
            throw new InvalidOperationException("The edit has been made; changes can be listed only while it is being written.");
        }
    }
}
