namespace Libp2p.Peerstore;

/// <summary>A verified peer record that is offered, and the addresses it certifies: those of its peer, without its suffix.</summary>
internal sealed class StoredRecord
{
    public StoredRecord(PeerRecord record, Multiaddr[] own)
    {
        (Sequence, Envelope, Own) = (record.Sequence, record.Envelope.Bytes, own);
        Section = RecordView.Encode(record.Envelope.Domain, record.Sequence, own, Envelope.Span);
    }

    public StoredRecord(PeerRecord record)
        : this(record, new AddressOffer(record.Peer, record.Addresses, ttl: default).Own)
    {
    }

    public ulong Sequence { get; }

    /// <summary>As it was received.</summary>
    public ReadOnlyMemory<byte> Envelope { get; }

    public Multiaddr[] Own { get; }

    /// <summary>The body of the section that holds it.</summary>
    public byte[] Section { get; }
}
