namespace Libp2p.Peerstore;

/// <summary>A signed peer record, and the addresses it certifies: those of its peer, without the suffix that names it.</summary>
internal sealed record StoredRecord(PeerRecord Record, IReadOnlyList<Multiaddr> Addresses)
{
    public StoredRecord(PeerRecord record)
        : this(record, new AddressOffer(record.Peer, record.Addresses, ttl: default).Own)
    {
    }

    public ulong Sequence => Record.Sequence;

    public ReadOnlySpan<byte> Bytes => Record.Envelope.Bytes.Span;
}
