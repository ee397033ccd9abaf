namespace Libp2p.Peerstore;

/// <summary>What the changes of addresses do to one peer, under the gate of its shard.</summary>
internal static class AddressRules
{
    public static AddressTally Add(in PeerChange change, AddressOffer offer, AddressSource source)
    {
        var tally = offer.Refused;
        var lifetime = new Lifetime(offer.Ttl, change.Now);
        for (var i = 0; !lifetime.IsOver && i < offer.Own.Length; i++)
        {
            tally.Count(change.Entry.Add(offer.Own[i], lifetime, source));
        }

        change.Entry.DropRecordWithoutAddresses();
        return tally;
    }

    public static AddressTally Set(in PeerChange change, AddressOffer offer)
    {
        var tally = offer.Refused;
        var lifetime = new Lifetime(offer.Ttl, change.Now);
        foreach (var address in offer.Own)
        {
            tally.Count(change.Entry.Set(address, lifetime));
        }

        change.Entry.DropRecordWithoutAddresses();
        return tally;
    }

    public static AddressTally Announce(in PeerChange change, AddressOffer offer)
    {
        var removed = change.Entry.Addresses.Disown(AddressSource.Announced, offer.Own, DisownedRule.DropOrphans);
        var tally = Add(change, offer, AddressSource.Announced);
        tally.CountRemoved(removed);
        return tally;
    }

    public static AddressTally Update(in PeerChange change, TimeSpan oldTtl, TimeSpan newTtl)
    {
        var tally = change.Entry.Addresses.Update(oldTtl.Ticks, new Lifetime(newTtl, change.Now));
        change.Entry.DropRecordWithoutAddresses();
        return tally;
    }

    public static bool Clear(in PeerChange change)
    {
        change.Entry.Addresses.Clear();
        change.Entry.DropRecordWithoutAddresses();
        change.Entry.Places.ForgetLackedAddresses();
        return true;
    }

    /// <summary>Compares the sequence and stores the record with its addresses: one step.</summary>
    public static (RecordOutcome Outcome, AddressTally Addresses) Consume(in PeerChange change, RecordOffer offer)
    {
        var (entry, offered) = (change.Entry, offer.Record);
        if (entry.HasRecord && offered.Sequence < entry.Record.Sequence)
        {
            return (RecordOutcome.Stale, default);
        }

        if (entry.Addresses.Count == 0 && (offered.Own.Length == 0 || offer.Addresses.Ttl <= TimeSpan.Zero))
        {
            // It would go at once, without an address to live with: no other record makes room for it.
            return (entry.Places.HasRecordRoom ? RecordOutcome.Accepted : RecordOutcome.NoRoom, offer.Addresses.Refused);
        }

        var outcome = TakeRecord(change, offered, offer.Rule);
        return outcome == RecordOutcome.NoRoom
            ? (outcome, default)
            : (outcome, Add(change, offer.Addresses, AddressSource.Certified));
    }

    /// <summary>Stores a record that is not older than the one that is there, and none of its addresses that are not known yet.</summary>
    public static RecordOutcome TakeRecord(in PeerChange change, StoredRecord offered, NewerRecordRule rule)
    {
        var entry = change.Entry;
        if (entry.HasRecord && offered.Sequence < entry.Record.Sequence)
        {
            return RecordOutcome.Stale;
        }

        if (entry.HasRecord && entry.Record.Envelope.SequenceEqual(offered.Envelope.Span))
        {
            return RecordOutcome.Refreshed;
        }

        if (!entry.TrySetRecord(offered))
        {
            return RecordOutcome.NoRoom;
        }

        var former = rule == NewerRecordRule.ReplaceFormer ? DisownedRule.DropAll : DisownedRule.Keep;
        entry.Addresses.Disown(AddressSource.Certified, offered.Own, former);
        entry.Addresses.Own(AddressSource.Certified, offered.Own);
        return RecordOutcome.Accepted;
    }

    /// <summary>Whether a record is stored byte for byte, and the clock does not show it to be from the future.</summary>
    public static bool IsStored(RecordView record, StoredEnvelope offer, long now) =>
        record.Exists && record.Envelope.SequenceEqual(offer.Envelope.Span)
        && !offer.Options.IsTooFarAhead(record.Sequence, now);

    /// <summary>Renews the addresses of a record that is stored byte for byte, which has been verified then.</summary>
    /// <returns>
    /// <see cref="RecordOutcome.Refreshed"/>; <see cref="RecordOutcome.None"/> where another one is stored, or the clock now
    /// shows the stored one to be from the future.
    /// </returns>
    public static (RecordOutcome Outcome, AddressTally Addresses) Refresh(in PeerChange change, StoredEnvelope offer)
    {
        var (entry, tally) = (change.Entry, default(AddressTally));
        var record = entry.Record;
        if (!IsStored(record, offer, change.Now))
        {
            return (RecordOutcome.None, tally);
        }

        var lifetime = new Lifetime(offer.Ttl, change.Now);
        foreach (var range in record.Addresses)
        {
            if (!lifetime.IsOver)
            {
                // What stands in the record is certified: that need not be looked up.
                tally.Count(entry.Addresses.Add(entry.AddressOfRecord(record, range), lifetime, AddressSource.Certified));
            }
        }

        return (RecordOutcome.Refreshed, tally);
    }
}
