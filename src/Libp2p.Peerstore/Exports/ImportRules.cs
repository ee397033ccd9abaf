namespace Libp2p.Peerstore;

/// <summary>What an import does to one peer, under the gate of its shard. The rule is stated at <see cref="PeerstoreImport"/>.</summary>
internal static class ImportRules
{
    public static ImportOutcome Merge(in PeerChange change, (ImportedPeer Peer, PeerstoreOptions Options) offer)
    {
        var (entry, offered, options) = (change.Entry, offer.Peer, offer.Options);
        var outcome = new ImportOutcome { HasRoom = true };
        if (offered.PublicKey is { } publicKey)
        {
            entry.SetPublicKey(publicKey);
        }

        if (offered.PrivateKey is { } privateKey)
        {
            entry.SetPrivateKey(privateKey);
        }

        if (offered.Latency is { } latency && entry.Latency is null)
        {
            entry.SetLatency(latency);
        }

        if (offered.Protocols.Length > 0)
        {
            var joined = BookRules.Join(entry.Protocols.Sorted, offered.Protocols, options);
            outcome.TooManyProtocols = joined is null;
            outcome.ProtocolsRefused = joined is null || !entry.TrySetProtocols(joined);
        }

        MergeMetadata(entry, offered, options, ref outcome);
        outcome.Record = MergeRecord(change, offered, options);
        MergeAddresses(change, offered, ref outcome);
        entry.DropRecordWithoutAddresses();
        outcome.IsChanged = entry.IsChanged;
        return outcome;
    }

    private static void MergeMetadata(
        PeerEntry entry, ImportedPeer offered, PeerstoreOptions options, ref ImportOutcome outcome)
    {
        foreach (var (key, value) in offered.Metadata)
        {
            if (entry.Metadata.Contains(key.Span))
            {
                continue;
            }

            var stored = BookRules.Check(entry.Metadata, key.Span, value, options);
            outcome.TooManyValues += stored == MetadataOutcome.TooMany ? 1 : 0;
            outcome.TooLargeValues += stored == MetadataOutcome.TooLarge ? 1 : 0;
            if (stored == MetadataOutcome.Stored)
            {
                entry.SetMetadata(key, value);
            }
        }
    }

    private static RecordOutcome MergeRecord(in PeerChange change, ImportedPeer offered, PeerstoreOptions options)
    {
        if (offered.Record is not { } record || (change.Entry.Addresses.Count == 0 && offered.Addresses.Length == 0))
        {
            // Without an address to live with it would go at once: no other record makes room for it.
            return RecordOutcome.None;
        }

        return options.IsTooFarAhead(record.Sequence, change.Now)
            ? RecordOutcome.FromTheFuture
            : AddressRules.TakeRecord(change, record, options.NewerRecord);
    }

    private static void MergeAddresses(in PeerChange change, ImportedPeer offered, ref ImportOutcome outcome)
    {
        var entry = change.Entry;
        var isRecordTaken = outcome.Record is RecordOutcome.Accepted or RecordOutcome.Refreshed;
        foreach (ref readonly var address in offered.Addresses.AsSpan())
        {
            // Whether it is certified is for the record to say, which adds that itself.
            var source = address.Source & ~AddressSource.Certified;
            var isOnlyInRecord = source == AddressSource.None;
            if (isOnlyInRecord && !(isRecordTaken && entry.Record.Contains(address.Address.Bytes)))
            {
                outcome.LeftOut++;
            }
            else if (entry.Addresses.IsFullOfLater(address))
            {
                outcome.LeftOut++;
            }
            else if (address.IsLive(change.Now))
            {
                outcome.Addresses.Count(entry.Add(address.Address, Lifetime.Until(address.Ttl, address.Expires), source));
            }
        }
    }
}
