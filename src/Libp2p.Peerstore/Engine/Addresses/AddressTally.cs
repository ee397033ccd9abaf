namespace Libp2p.Peerstore;

/// <summary>Counts what became of several addresses.</summary>
internal struct AddressTally
{
    private AddressChanges _changes;
    private int _tooManyEndless;

    /// <summary>What becomes of addresses for a peer for which there is no room.</summary>
    public readonly AddressTally RefusedForWantOfPeers(int addresses) =>
        this with { _changes = _changes with { NoRoom = addresses } };

    public void Count(AddressChange change, int number = 1)
    {
        _tooManyEndless += change == AddressChange.TooManyEndless ? number : 0;
        _changes = Counted(change, number);
    }

    public void Add(AddressTally other)
    {
        _tooManyEndless += other._tooManyEndless;
        _changes += other._changes;
    }

    public void CountRemoved(int number) => _changes = _changes with { Removed = _changes.Removed + number };

    /// <summary>Ends the counting, outside of every lock: tells whoever listens which limits of the peer were reached.</summary>
    public readonly AddressChanges ToChanges()
    {
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxEndlessAddressesPerPeer), _tooManyEndless);
        PeerstoreMeter.CountEvicted(nameof(PeerstoreOptions.MaxAddressesPerPeer), _changes.Evicted);
        return _changes;
    }

    private readonly AddressChanges Counted(AddressChange change, int number) => change switch
    {
        AddressChange.Added => _changes with { Added = _changes.Added + number },
        AddressChange.AddedInPlaceOfAnother =>
            _changes with { Added = _changes.Added + number, Evicted = _changes.Evicted + number },
        AddressChange.Renewed => _changes with { Renewed = _changes.Renewed + number },
        AddressChange.Unchanged => _changes with { Unchanged = _changes.Unchanged + number },
        AddressChange.Removed => _changes with { Removed = _changes.Removed + number },
        AddressChange.OfOtherPeer => _changes with { OfOtherPeer = _changes.OfOtherPeer + number },
        AddressChange.Empty => _changes with { Empty = _changes.Empty + number },
        AddressChange.NoRoom or AddressChange.TooManyEndless => _changes with { NoRoom = _changes.NoRoom + number },
        _ => _changes,
    };
}
