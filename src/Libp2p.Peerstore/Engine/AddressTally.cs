namespace Libp2p.Peerstore;

/// <summary>Counts what became of several addresses.</summary>
internal struct AddressTally
{
    private AddressChanges _changes;

    public void Count(AddressChange change) => _changes = change switch
    {
        AddressChange.Added => _changes with { Added = _changes.Added + 1 },
        AddressChange.AddedInPlaceOfAnother =>
            _changes with { Added = _changes.Added + 1, Evicted = _changes.Evicted + 1 },
        AddressChange.Renewed => _changes with { Renewed = _changes.Renewed + 1 },
        AddressChange.Unchanged => _changes with { Unchanged = _changes.Unchanged + 1 },
        AddressChange.Removed => _changes with { Removed = _changes.Removed + 1 },
        AddressChange.OfOtherPeer => _changes with { OfOtherPeer = _changes.OfOtherPeer + 1 },
        AddressChange.Empty => _changes with { Empty = _changes.Empty + 1 },
        AddressChange.NoRoom => _changes with { NoRoom = _changes.NoRoom + 1 },
        _ => _changes,
    };

    public readonly AddressChanges ToChanges() => _changes;
}
