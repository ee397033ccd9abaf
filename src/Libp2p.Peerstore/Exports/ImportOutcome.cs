namespace Libp2p.Peerstore;

/// <summary>What became of a peer that was offered to a store.</summary>
internal struct ImportOutcome
{
    /// <summary>Whether there was room for the peer.</summary>
    public bool HasRoom;

    public bool IsChanged;
    public AddressTally Addresses;

    /// <summary>The addresses that the peer's limit, or a record that was not taken, left no place.</summary>
    public int LeftOut;

    /// <summary>What became of the record; <c>None</c> where none was offered, or nothing it could live with.</summary>
    public RecordOutcome Record;

    /// <summary>Whether the protocols were refused, be it for their number or for want of room for another set.</summary>
    public bool ProtocolsRefused;

    public bool TooManyProtocols;
    public int TooManyValues;
    public int TooLargeValues;
}
