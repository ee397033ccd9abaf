using Libp2p.Peerstore;

namespace Peerstore.Cli.Ingest;

/// <summary>What became of addresses, in numbers: counted each time that a line names them.</summary>
internal sealed class AddressCounts
{
    /// <summary>New ones.</summary>
    public long Added { get; private set; }

    /// <summary>Known ones that live longer now, or stayed as they were.</summary>
    public long Known { get; private set; }

    /// <summary>Those that a peer said before and says no longer, or that made room for others.</summary>
    public long Removed { get; private set; }

    /// <summary>Refused: they end in the ID of another peer.</summary>
    public long OfOtherPeer { get; private set; }

    /// <summary>Refused: they are empty, or nothing but the peer's own ID.</summary>
    public long Empty { get; private set; }

    /// <summary>Refused: the store is full.</summary>
    public long NoRoom { get; private set; }

    /// <summary>Adds the result of one change.</summary>
    /// <param name="changes">The result.</param>
    /// <param name="byRecord">What a record had added and removed just before, as far as it is known.</param>
    public void Add(AddressChanges changes, AddressChanges byRecord = default)
    {
        // What the record added, the peer's word finds there already.
        Added += changes.Added + byRecord.Added;
        Known += changes.Renewed + changes.Unchanged - byRecord.Added;
        Removed += changes.Removed + changes.Evicted + byRecord.Removed;
        OfOtherPeer += changes.OfOtherPeer;
        Empty += changes.Empty;
        NoRoom += changes.NoRoom;
    }
}
