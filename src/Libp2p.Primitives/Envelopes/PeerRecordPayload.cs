namespace Libp2p;

/// <summary>What the protobuf message inside a record's envelope says, before any of it is decoded further.</summary>
/// <param name="Peer">Where the bytes of the peer ID stand.</param>
/// <param name="Sequence">The sequence number; 0 when there is none.</param>
internal readonly record struct PeerRecordPayload(WireRange Peer, ulong Sequence)
{
    private const uint PeerField = 1;
    private const uint SequenceField = 2;
    private const uint AddressField = 3;
    private const uint MultiaddrField = 1;

    /// <summary>Reads the payload. The last of repeated fields counts; unknown ones are passed over.</summary>
    /// <param name="envelope">The bytes of the envelope, which positions refer to.</param>
    /// <param name="payload">Where among them the payload stands.</param>
    /// <param name="maxAddresses">How many addresses are too many, counted before any is decoded.</param>
    /// <param name="addresses">Where it goes where the addresses stand; <see langword="null"/> passes over them.</param>
    /// <param name="record">What was read, when the answer is <see cref="EnvelopeOutcome.Opened"/>.</param>
    /// <param name="error">The rule that the bytes break, and where.</param>
    public static EnvelopeOutcome TryRead(
        ReadOnlySpan<byte> envelope, WireRange payload, int maxAddresses, List<WireRange>? addresses, out PeerRecordPayload record, out DecodeError error)
    {
        record = new PeerRecordPayload(new WireRange(payload.Start, 0), 0);
        error = default;
        var count = 0;
        var reader = new WireReader(envelope, payload);
        while (reader.MoveNext())
        {
            switch ((reader.Number, reader.Type))
            {
                case (PeerField, WireType.Bytes):
                    record = record with { Peer = reader.Bytes };
                    break;
                case (SequenceField, WireType.Varint):
                    record = record with { Sequence = reader.Varint };
                    break;
                case (AddressField, WireType.Bytes) when ++count > maxAddresses:
                    error = new DecodeError("a peer record stays within the limit on its addresses", reader.FieldStart);
                    return EnvelopeOutcome.TooLarge;
                case (AddressField, WireType.Bytes) when !TryReadAddress(envelope, reader.Bytes, addresses, out error):
                    return EnvelopeOutcome.BadPayload;
            }
        }

        error = reader.Error;
        return error == default ? EnvelopeOutcome.Opened : EnvelopeOutcome.BadPayload;
    }

    /// <summary>Finds the bytes of the peer ID in what may be a payload; an empty range where there are none.</summary>
    public static WireRange FindPeer(ReadOnlySpan<byte> envelope, WireRange payload) =>
        WireReader.FindLast(envelope, payload, PeerField);

    private static bool TryReadAddress(ReadOnlySpan<byte> envelope, WireRange info, List<WireRange>? addresses, out DecodeError error)
    {
        var address = new WireRange(info.Start, 0);
        var reader = new WireReader(envelope, info);
        while (reader.MoveNext())
        {
            address = (reader.Number, reader.Type) == (MultiaddrField, WireType.Bytes) ? reader.Bytes : address;
        }

        addresses?.Add(address);
        error = reader.Error;
        return error == default;
    }
}
