namespace Libp2p.Peerstore;

/// <summary>The places of the shared quotas that one change has in hand while it is made.</summary>
/// <remarks>
/// What a change gives up stays in its hand, what it needs it takes from there first, and what is left goes back at the
/// end. A change that lacks a place says so, is undone, and comes again with the places of victims in its hand, so that
/// nobody else can take what was given up for it. Used by one thread.
/// </remarks>
internal sealed class Places(Quota addresses, Quota records, Quota peers)
{
    // Most changes need nothing: a thread's hand is used again.
    [ThreadStatic]
    private static Places? _idle;

    private HashSet<Multiaddr>? _lackingNew;
    private HashSet<Multiaddr>? _lackingKnown;
    private int _addresses;
    private int _records;
    private int _peers;
    private int _mostNew = int.MaxValue;

    /// <summary>Gets an empty hand, to be given back by the same thread.</summary>
    public static Places Rent(Quota addresses, Quota records, Quota peers)
    {
        var idle = _idle;
        if (idle is null || !idle.IsOf(addresses))
        {
            return new(addresses, records, peers);
        }

        _idle = null;
        return idle;
    }

    /// <summary>How many addresses found no place, each counted once.</summary>
    public int LackedAddresses => Math.Min(_lackingNew?.Count ?? 0, _mostNew) + (_lackingKnown?.Count ?? 0);

    public bool LackedRecord { get; private set; }

    public bool LackedPeer { get; private set; }

    /// <summary>Whether there was no room for a set of protocols; for that nobody gives anything up.</summary>
    public bool LackedProtocolSet { get; private set; }

    public bool AnyLacked => LackedAddresses > 0 || LackedRecord || LackedPeer;

    public bool HasRecordRoom => _records > 0 || records.Free > 0;

    /// <summary>What is in hand: addresses, records, peers.</summary>
    public (int Addresses, int Records, int Peers) InHand => (_addresses, _records, _peers);

    /// <summary>Takes a place for a new address, or for a known one that from now on has an end.</summary>
    public bool TryTakeAddress(Multiaddr address, bool isKnown)
    {
        var taken = TryTake(ref _addresses, addresses);
        if (!taken)
        {
            // The address may be part of memory that the shard uses again.
            _ = (isKnown ? _lackingKnown ??= [] : _lackingNew ??= []).Add(address.Detach());
        }

        return taken;
    }

    /// <summary>Takes places for several known addresses that from now on have an end, or none; without saying what lacks.</summary>
    public bool TryTakeAddresses(int number) => addresses.TryTake(number);

    public bool TryTakeRecord()
    {
        var taken = TryTake(ref _records, records);
        LackedRecord |= !taken;
        return taken;
    }

    public bool TryTakePeer()
    {
        var taken = TryTake(ref _peers, peers);
        LackedPeer |= !taken;
        return taken;
    }

    public void LackProtocolSet() => LackedProtocolSet = true;

    public void GiveAddresses(int number) => _addresses += number;

    public void GiveRecord() => _records++;

    public void GivePeers(int number) => _peers += number;

    /// <summary>Takes places whatever the limits are, for a peer that is loaded whole.</summary>
    public void TakeAnyway(int ofAddresses, int ofRecords)
    {
        addresses.TakeAnyway(ofAddresses);
        records.TakeAnyway(ofRecords);
        peers.TakeAnyway(1);
    }

    /// <summary>Takes back a place that a change had taken which is undone, or takes one away that it had given.</summary>
    public void Undo(int addresses, int records)
    {
        _addresses += addresses;
        _records += records;
    }

    /// <summary>More places for new addresses than the peer's own limit leaves would be given up for nothing.</summary>
    public void LackNoMoreThan(int newAddresses) => _mostNew = Math.Max(1, newAddresses);

    /// <summary>What was lacking for addresses that the change has itself removed since is lacking no more.</summary>
    public void ForgetLackedAddresses()
    {
        _lackingNew = null;
        _lackingKnown = null;
        _mostNew = int.MaxValue;
    }

    /// <summary>Begins another try with what is in hand.</summary>
    public void ForgetLacks()
    {
        ForgetLackedAddresses();
        (LackedRecord, LackedPeer, LackedProtocolSet) = (false, false, false);
    }

    /// <summary>Gives back what is left.</summary>
    public void ReturnAll()
    {
        addresses.Return(_addresses);
        records.Return(_records);
        peers.Return(_peers);
        (_addresses, _records, _peers) = (0, 0, 0);
    }

    /// <summary>Ends the use of a rented hand.</summary>
    public void GiveBack()
    {
        ForgetLacks();
        _idle = this;
    }

    private bool IsOf(Quota quota) => ReferenceEquals(addresses, quota);

    private static bool TryTake(ref int inHand, Quota quota)
    {
        if (inHand > 0)
        {
            inHand--;
            return true;
        }

        return quota.TryTake();
    }
}
