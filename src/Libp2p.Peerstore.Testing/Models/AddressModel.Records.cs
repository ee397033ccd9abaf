namespace Libp2p.Peerstore.Testing;

/// <content>The signed records.</content>
internal sealed partial class AddressModel
{
    public PeerRecord? GetRecord(PeerId peer)
    {
        Sweep();
        return _peers.GetValueOrDefault(peer)?.Record;
    }

    public RecordOutcome Consume(PeerRecord record, TimeSpan ttl)
    {
        Sweep();
        var former = _peers.GetValueOrDefault(record.Peer)?.Record;
        if (former is not null && former.Sequence > record.Sequence)
        {
            return RecordOutcome.Stale;
        }

        if (former is null && _peers.Values.Count(static entry => entry.Record is not null) >= options.MaxSignedRecords)
        {
            return RecordOutcome.NoRoom;
        }

        var entry = EntryOf(record.Peer);
        if (former is not null)
        {
            DropSuperseded(entry, former, record);
        }

        entry.Record = record;
        if (ttl > TimeSpan.Zero)
        {
            AddSwept(record.Peer, record.Addresses, ttl);
        }

        DropIfEmpty(record.Peer);
        return RecordOutcome.Accepted;
    }

    private void DropSuperseded(ModelPeer entry, PeerRecord former, PeerRecord record)
    {
        var kept = Own(record.Peer, record.Addresses);
        foreach (var written in former.Addresses)
        {
            if (!TryOwn(record.Peer, written, out var address) || kept.Contains(address.Value)
                || !entry.Addresses.TryGetValue(address.Value, out var known) || known.IsEndless)
            {
                continue;
            }

            if (likeGo && written != address.Value)
            {
                Difference = DifferenceRules.SupersededSuffix;
            }
            else
            {
                _ = entry.Addresses.Remove(address.Value);
            }
        }
    }
}
