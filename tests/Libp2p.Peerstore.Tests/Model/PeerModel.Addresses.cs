namespace Libp2p.Peerstore.Tests;

/// <content>The addresses and the record.</content>
internal sealed partial record PeerModel
{
    /// <summary>Where an address is known from, its record included.</summary>
    public AddressSource SourceOf(Multiaddr address) =>
        Addresses[address].Source | (Certifies(address) ? AddressSource.Certified : AddressSource.None);

    public (PeerModel After, AddressChanges Changes) Add(
        IEnumerable<Multiaddr> addresses, TimeSpan ttl, AddressSource source, long now)
    {
        var (all, changes) = (Addresses, default(AddressChanges));
        foreach (var address in ttl > TimeSpan.Zero ? addresses : [])
        {
            var end = KnownAddress.EndOf(ttl, now);
            if (!all.TryGetValue(address, out var known))
            {
                all = all.SetItem(address, new(ttl, end, source));
                changes += new AddressChanges { Added = 1 };
                continue;
            }

            var longer = new KnownAddress(
                TimeSpan.FromTicks(Math.Max(known.Ttl.Ticks, ttl.Ticks)), Math.Max(known.End, end), known.Source | source);
            all = all.SetItem(address, longer);
            changes += longer with { Source = known.Source } == known
                ? new AddressChanges { Unchanged = 1 }
                : new AddressChanges { Renewed = 1 };
        }

        return ((this with { Addresses = all }).WithoutIdleRecord(), changes);
    }

    public (PeerModel After, AddressChanges Changes) Set(IEnumerable<Multiaddr> addresses, TimeSpan ttl, long now)
    {
        var (all, changes) = (Addresses, default(AddressChanges));
        foreach (var address in addresses)
        {
            var known = all.GetValueOrDefault(address);
            if (ttl <= TimeSpan.Zero)
            {
                all = all.Remove(address);
                changes += new AddressChanges { Removed = known is null ? 0 : 1 };
                continue;
            }

            all = all.SetItem(
                address,
                new(ttl, KnownAddress.EndOf(ttl, now), AddressSource.Added | (known?.Source ?? AddressSource.None)));
            changes += known is null ? new AddressChanges { Added = 1 } : new AddressChanges { Renewed = 1 };
        }

        return ((this with { Addresses = all }).WithoutIdleRecord(), changes);
    }

    public (PeerModel After, AddressChanges Changes) Update(TimeSpan oldTtl, TimeSpan newTtl, long now)
    {
        var (all, changes) = (Addresses, default(AddressChanges));
        foreach (var (address, known) in Addresses)
        {
            if (known.Ttl == oldTtl)
            {
                all = newTtl <= TimeSpan.Zero
                    ? all.Remove(address)
                    : all.SetItem(address, known with { Ttl = newTtl, End = KnownAddress.EndOf(newTtl, now) });
                changes += newTtl <= TimeSpan.Zero ? new AddressChanges { Removed = 1 } : new AddressChanges { Renewed = 1 };
            }
        }

        return ((this with { Addresses = all }).WithoutIdleRecord(), changes);
    }

    public (PeerModel After, AddressChanges Changes) Announce(IReadOnlyList<Multiaddr> addresses, TimeSpan ttl, long now)
    {
        var (all, removed) = (Addresses, 0);
        foreach (var (address, known) in Addresses)
        {
            if (!known.Source.HasFlag(AddressSource.Announced) || addresses.Contains(address))
            {
                continue;
            }

            var left = known with { Source = known.Source & ~AddressSource.Announced };
            var isOrphan = left.Source == AddressSource.None && !Certifies(address);
            removed += isOrphan && !known.IsEndless ? 1 : 0;
            all = isOrphan && !known.IsEndless
                ? all.Remove(address)
                : all.SetItem(address, isOrphan ? left with { Source = AddressSource.Added } : left);
        }

        var (after, changes) = (this with { Addresses = all }).Add(addresses, ttl, AddressSource.Announced, now);
        return (after, changes + new AddressChanges { Removed = removed });
    }

    public PeerModel Clear() => this with { Addresses = Addresses.Clear(), Record = null };

    public (PeerModel After, RecordOutcome Outcome) Consume(SampleRecord record, TimeSpan ttl, long now)
    {
        if (Record is not null && Record.Record.Sequence > record.Record.Sequence)
        {
            return (this, RecordOutcome.Stale);
        }

        var outcome = Record == record ? RecordOutcome.Refreshed : RecordOutcome.Accepted;
        return (Superseded(record).Add(record.Addresses, ttl, AddressSource.None, now).After, outcome);
    }

    private PeerModel Superseded(SampleRecord record)
    {
        var all = Addresses;
        foreach (var (address, known) in Addresses)
        {
            if (!Certifies(address) || record.Addresses.Contains(address))
            {
                continue;
            }

            if (Rule == NewerRecordRule.ReplaceFormer && !known.IsEndless)
            {
                all = all.Remove(address);
            }
            else if (known.Source == AddressSource.None)
            {
                all = all.SetItem(address, known with { Source = AddressSource.Added });
            }
        }

        return this with { Addresses = all, Record = record };
    }

    private bool Certifies(Multiaddr address) => Record is not null && Record.Addresses.Contains(address);
}
