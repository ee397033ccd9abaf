namespace Libp2p.Peerstore;

/// <summary>Counts what became of several addresses.</summary>
internal struct AddressTally
{
    private AddressChanges _changes;
    private int _tooManyEndless;
    private bool _tooManyPeers;

    /// <summary>What becomes of addresses for a peer for which there is no room.</summary>
    public readonly AddressTally RefusedForWantOfPeers(int addresses) =>
        this with { _tooManyPeers = true, _changes = _changes with { NoRoom = addresses } };

    public void Count(AddressChange change)
    {
        _tooManyEndless += change == AddressChange.TooManyEndless ? 1 : 0;
        _changes = Counted(change);
    }

    public void Add(AddressTally other)
    {
        _tooManyEndless += other._tooManyEndless;
        _tooManyPeers |= other._tooManyPeers;
        _changes += other._changes;
    }

    public void CountRemoved(int number) => _changes = _changes with { Removed = _changes.Removed + number };

    /// <summary>Ends the counting, outside of every lock: tells whoever listens which limits were reached.</summary>
    public readonly AddressChanges ToChanges()
    {
        var limit = _tooManyPeers ? nameof(PeerstoreOptions.MaxPeers) : nameof(PeerstoreOptions.MaxAddresses);
        PeerstoreMeter.CountRefused(limit, _changes.NoRoom - _tooManyEndless);
        PeerstoreMeter.CountRefused(nameof(PeerstoreOptions.MaxEndlessAddressesPerPeer), _tooManyEndless);
        PeerstoreMeter.CountEvicted(nameof(PeerstoreOptions.MaxAddressesPerPeer), _changes.Evicted);
        return _changes;
    }

    private readonly AddressChanges Counted(AddressChange change) => change switch
    {
        AddressChange.Added => _changes with { Added = _changes.Added + 1 },
        AddressChange.AddedInPlaceOfAnother =>
            _changes with { Added = _changes.Added + 1, Evicted = _changes.Evicted + 1 },
        AddressChange.Renewed => _changes with { Renewed = _changes.Renewed + 1 },
        AddressChange.Unchanged => _changes with { Unchanged = _changes.Unchanged + 1 },
        AddressChange.Removed => _changes with { Removed = _changes.Removed + 1 },
        AddressChange.OfOtherPeer => _changes with { OfOtherPeer = _changes.OfOtherPeer + 1 },
        AddressChange.Empty => _changes with { Empty = _changes.Empty + 1 },
        AddressChange.NoRoom or AddressChange.TooManyEndless => _changes with { NoRoom = _changes.NoRoom + 1 },
        _ => _changes,
    };
}
