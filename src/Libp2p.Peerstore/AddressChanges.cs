namespace Libp2p.Peerstore;

/// <summary>What a change did to the addresses of a peer, in numbers of addresses. <c>default</c> is "nothing".</summary>
/// <remarks>The first five count addresses that are or were stored; the last three those that were not taken.</remarks>
public readonly record struct AddressChanges
{
    /// <summary>New ones that were stored.</summary>
    public int Added { get; init; }

    /// <summary>Known ones whose lifetime or end changed.</summary>
    public int Renewed { get; init; }

    /// <summary>Known ones that stayed as they were.</summary>
    public int Unchanged { get; init; }

    /// <summary>Known ones that were removed.</summary>
    public int Removed { get; init; }

    /// <summary>Known ones that made room for others.</summary>
    public int Evicted { get; init; }

    /// <summary>Refused: they end in the ID of another peer.</summary>
    public int OfOtherPeer { get; init; }

    /// <summary>Refused: they are empty, or nothing but the peer's own ID.</summary>
    public int Empty { get; init; }

    /// <summary>Refused: a limit on the number of addresses or peers was reached.</summary>
    public int NoRoom { get; init; }

    /// <summary>Adds up what two changes did.</summary>
    public static AddressChanges operator +(AddressChanges left, AddressChanges right) => new()
    {
        Added = left.Added + right.Added,
        Renewed = left.Renewed + right.Renewed,
        Unchanged = left.Unchanged + right.Unchanged,
        Removed = left.Removed + right.Removed,
        Evicted = left.Evicted + right.Evicted,
        OfOtherPeer = left.OfOtherPeer + right.OfOtherPeer,
        Empty = left.Empty + right.Empty,
        NoRoom = left.NoRoom + right.NoRoom,
    };
}
