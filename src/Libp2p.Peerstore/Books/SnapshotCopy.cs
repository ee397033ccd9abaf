namespace Libp2p.Peerstore;

/// <summary>All that is known of a peer, copied out of the engine in one step.</summary>
internal readonly record struct SnapshotCopy(
    PeerVersion Version, AddressDetails[] Addresses, EnvelopeCopy? Record, byte[] PublicKey, ProtocolSet Protocols)
{
    private string[] MetadataKeys { get; init; } = [];

    private long? Latency { get; init; }

    public static SnapshotCopy Of(in PeerView view, long now) => new(
        view.IsLive(now) ? new(view.Stamp) : default,
        LiveAddresses.CopyDetails(view, now),
        AddressBook.CopyOf(view, now),
        view[EntrySection.PublicKey].ToArray(),
        view.Protocols)
    {
        MetadataKeys = MetadataTable.KeysOf(view[EntrySection.Metadata]),
        Latency = view.Latency,
    };

    public PeerSnapshot ToSnapshot(PeerId peer)
    {
        PublicKey? key = null;
        _ = peer.TryGetPublicKey(out key) || Libp2p.PublicKey.TryDecode(PublicKey, out key);
        return new()
        {
            Peer = peer,
            Version = Version,
            Addresses = Addresses,
            Record = Record?.Open(),
            PublicKey = key,
            Protocols = Protocols.All,
            MetadataKeys = MetadataKeys,
            Latency = Latency is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) : null,
        };
    }
}
