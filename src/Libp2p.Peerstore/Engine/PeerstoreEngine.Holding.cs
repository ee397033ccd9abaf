namespace Libp2p.Peerstore;

/// <summary>A journal that is full before the engine is: then there is room for as many peers as there are.</summary>
internal sealed partial class PeerstoreEngine
{
    private volatile string? _peersAreHeldBy;

    /// <summary>
    /// From now on there may be as many peers as there are: for another one, the least valuable makes room or it is refused, as
    /// <see cref="PeerstoreOptions.WhenFull"/> says.
    /// </summary>
    /// <param name="limit">The option that was reached.</param>
    public void HoldPeers(string limit)
    {
        _peersAreHeldBy = limit;
        _peerQuota.Limit(_peerQuota.Taken);
    }

    /// <summary>There may be as many peers as the options say again.</summary>
    public void ReleasePeers()
    {
        _peerQuota.Limit(int.MaxValue);
        _peersAreHeldBy = null;
    }

    /// <summary>Makes the least valuable peers go, also from a store that is being closed: the last round of writing is left.</summary>
    /// <param name="number">How many.</param>
    /// <param name="limit">The option for whose sake they go.</param>
    /// <returns>Who went: fewer than were asked for where all others are protected.</returns>
    public List<PeerId> GiveUpPeers(int number, string limit)
    {
        var (victims, places) = (new List<PeerId>(), RentHand());
        try
        {
            var search = new VictimSearch(EndKind.Peer, Except: default, AlsoWhenClosed: true);
            while (victims.Count < number && LeastValuableShard(search) is { } shard)
            {
                if (shard.TryEvict(search, places, out var victim))
                {
                    victims.Add(victim);
                }
            }
        }
        finally
        {
            GiveBack(places);
        }

        PeerstoreMeter.CountEvicted(limit, victims.Count);
        return victims;
    }
}
