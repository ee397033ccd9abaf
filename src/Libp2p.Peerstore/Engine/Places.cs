namespace Libp2p.Peerstore;

/// <summary>The places of the shared quotas that one change has in hand while it is made.</summary>
/// <remarks>
/// What a change gives up stays in its hand, what it needs it takes from there first, and what is left goes back at the
/// end. A change that lacks a place says so, is undone, and comes again with the places of victims in its hand, so that
/// nobody else can take what was given up for it. Used by one thread.
/// </remarks>
internal sealed class Places(Quota addresses, Quota records, Quota peers)
{
    private int _addresses;
    private int _records;
    private int _peers;

    /// <summary>How many addresses found no place.</summary>
    public int LackedAddresses { get; private set; }

    public bool LackedRecord { get; private set; }

    public bool LackedPeer { get; private set; }

    public bool AnyLacked => LackedAddresses > 0 || LackedRecord || LackedPeer;

    public bool TryTakeAddress()
    {
        if (TryTake(ref _addresses, addresses))
        {
            return true;
        }

        LackedAddresses++;
        return false;
    }

    public bool TryTakeRecord()
    {
        LackedRecord |= !TryTake(ref _records, records);
        return !LackedRecord;
    }

    public bool TryTakePeer()
    {
        LackedPeer |= !TryTake(ref _peers, peers);
        return !LackedPeer;
    }

    public void GiveAddresses(int number) => _addresses += number;

    public void GiveRecord() => _records++;

    public void GivePeers(int number) => _peers += number;

    /// <summary>Takes back a place that a change had taken which is undone, or takes one away that it had given.</summary>
    public void Undo(int addresses, int records)
    {
        _addresses += addresses;
        _records += records;
    }

    /// <summary>More places than the peer's own limit leaves would be given up for nothing.</summary>
    public void LackNoMoreThan(int addresses) => LackedAddresses = Math.Min(LackedAddresses, Math.Max(1, addresses));

    /// <summary>Begins another try with what is in hand.</summary>
    public void ForgetLacks() => (LackedAddresses, LackedRecord, LackedPeer) = (0, false, false);

    /// <summary>Gives back what is left.</summary>
    public void ReturnAll()
    {
        addresses.Return(_addresses);
        records.Return(_records);
        peers.Return(_peers);
        (_addresses, _records, _peers) = (0, 0, 0);
    }

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
