namespace Libp2p.Peerstore;

/// <summary>What became of one address.</summary>
internal enum AddressChange
{
    None,
    Added,
    AddedInPlaceOfAnother,
    Renewed,
    Unchanged,
    Removed,
    OfOtherPeer,
    Empty,
    NoRoom,
    TooManyEndless,
}
