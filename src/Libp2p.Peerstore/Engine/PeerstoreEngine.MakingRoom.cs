namespace Libp2p.Peerstore;

/// <summary>Who gives something up when a limit is reached.</summary>
internal sealed partial class PeerstoreEngine
{
    /// <summary>
    /// Gets a change what it lacks: first by sweeping, so that a full store is full of what is alive, then, as
    /// <see cref="PeerstoreOptions.WhenFull"/> says, from the least valuable of the other peers.
    /// </summary>
    private bool MakeRoom(in PeerId peer, Places places)
    {
        var helped = SweepDue() > 0;
        if (Options.WhenFull == FullPolicy.RefuseNew)
        {
            return helped || HasWhatIsLacked(places);
        }

        // A peer that goes leaves its record's and its addresses' places, too. Without its own place a new peer needs none.
        var (addresses, records, _) = places.InHand;
        helped |= Evict(EndKind.Peer, (places.LackedPeer ? 1 : 0) - Math.Max(0, _peerQuota.Free), peer, places);
        if (places.LackedPeer && !helped && _peerQuota.Free <= 0)
        {
            return false;
        }

        var gained = places.InHand.Records - records;
        helped |= Evict(EndKind.Record, (places.LackedRecord ? 1 : 0) - gained - Math.Max(0, _recordQuota.Free), peer, places);
        gained = places.InHand.Addresses - addresses;
        helped |= Evict(EndKind.Address, places.LackedAddresses - gained - Math.Max(0, _addressQuota.Free), peer, places);
        return helped || HasWhatIsLacked(places);
    }

    private bool HasWhatIsLacked(Places places) =>
        _addressQuota.Free >= places.LackedAddresses
        && (!places.LackedRecord || _recordQuota.Free > 0)
        && (!places.LackedPeer || _peerQuota.Free > 0);

    private bool Evict(EndKind kind, int number, in PeerId except, Places places)
    {
        var (evicted, search) = (0, new VictimSearch(kind, except, AlsoWhenClosed: false));
        while (evicted < number && LeastValuableShard(search) is { } shard)
        {
            // Somebody else may have been quicker; then the next look finds the next victim.
            evicted += shard.TryEvict(search, places, out _) ? 1 : 0;
        }

        PeerstoreMeter.CountEvicted(LimitOf(kind), evicted);
        return evicted > 0;
    }

    /// <summary>The shard of the least valuable peer: asked one by one, from the one that promises the least.</summary>
    private Shard? LeastValuableShard(in VictimSearch search)
    {
        Span<long> values = stackalloc long[ShardCount];
        _fronts.CopyTo(search.Kind, values);
        while (true)
        {
            var least = values.IndexOf(LeastOf(values));
            var promised = values[least];
            if (promised == long.MaxValue)
            {
                return null;
            }

            values[least] = _shards[least].LeastValue(search);
            if (values[least] == promised)
            {
                return _shards[least];
            }
        }
    }

    private static long LeastOf(ReadOnlySpan<long> values)
    {
        var least = long.MaxValue;
        foreach (var value in values)
        {
            least = Math.Min(least, value);
        }

        return least;
    }

    private void CountRefused(Places places)
    {
        PeerstoreMeter.CountRefused(LimitOf(EndKind.Address), places.LackedAddresses);
        PeerstoreMeter.CountRefused(LimitOf(EndKind.Record), places.LackedRecord ? 1 : 0);
        PeerstoreMeter.CountRefused(LimitOf(EndKind.Peer), places.LackedPeer ? 1 : 0);
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxProtocolSetBytes), places.LackedProtocolSet ? 1 : 0);
    }

    private string LimitOf(EndKind kind) => kind switch
    {
        EndKind.Record => nameof(PeerstoreOptions.MaxSignedRecords),
        EndKind.Peer => _peersAreHeldBy ?? nameof(PeerstoreOptions.MaxPeers),
        _ => nameof(PeerstoreOptions.MaxAddresses),
    };
}
