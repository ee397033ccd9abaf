using Google.Protobuf;

namespace Libp2p;

/// <summary>Reads the protobuf message inside a record's envelope field by field.</summary>
/// <remarks>
/// Not with the generated parser: that makes an object for each address before anybody can count them, and 32,000
/// empty ones fit into an envelope.
/// </remarks>
internal readonly ref struct PeerRecordPayload
{
    private const string FormRule = "the payload of a peer record is a protobuf message";
    private const uint PeerTag = 10;
    private const uint SequenceTag = 16;
    private const uint AddressTag = 26;
    private const uint MultiaddrTag = 10;

    private PeerRecordPayload(ByteString peer, ulong sequence)
    {
        Peer = peer;
        Sequence = sequence;
    }

    /// <summary>The bytes of the peer ID, as they stand there.</summary>
    public ByteString Peer { get; }

    /// <summary>The sequence number; 0 when there is none.</summary>
    public ulong Sequence { get; }

    /// <summary>Reads the payload. The last of repeated fields counts; unknown ones are passed over.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="maxAddresses">How many addresses are too many, counted before any is decoded.</param>
    /// <param name="addresses">Where the bytes of addresses go; <see langword="null"/> passes over them.</param>
    /// <param name="record">What was read, when the answer is <see cref="EnvelopeOutcome.Opened"/>.</param>
    /// <param name="error">The rule that the bytes break, and where.</param>
    public static EnvelopeOutcome TryRead(
        ReadOnlyMemory<byte> payload, int maxAddresses, List<ByteString>? addresses, out PeerRecordPayload record, out DecodeError error)
    {
        record = default;
        using var input = Open(payload);
        var peer = ByteString.Empty;
        ulong sequence = 0;
        var count = 0;
        var start = 0;
        try
        {
            for (var tag = input.ReadTag(); tag != 0; start = (int)input.Position, tag = input.ReadTag())
            {
                switch (tag)
                {
                    case PeerTag:
                        peer = input.ReadBytes();
                        break;
                    case SequenceTag:
                        sequence = input.ReadUInt64();
                        break;
                    case AddressTag when ++count > maxAddresses:
                        error = new DecodeError("a peer record stays within the limit on its addresses", start);
                        return EnvelopeOutcome.TooLarge;
                    case AddressTag when TryReadAddress(input.ReadBytes(), out var address):
                        addresses?.Add(address);
                        break;
                    case not AddressTag when TrySkip(input, tag):
                        break;
                    default:
                        error = new DecodeError(FormRule, start);
                        return EnvelopeOutcome.BadPayload;
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            error = new DecodeError(FormRule, start);
            return EnvelopeOutcome.BadPayload;
        }

        record = new PeerRecordPayload(peer, sequence);
        error = default;
        return EnvelopeOutcome.Opened;
    }

    private static bool TryReadAddress(ByteString info, out ByteString address)
    {
        using var input = Open(info.Memory);
        address = ByteString.Empty;
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == MultiaddrTag)
            {
                address = input.ReadBytes();
            }
            else if (!TrySkip(input, tag))
            {
                return false;
            }
        }

        return true;
    }

    private static CodedInputStream Open(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment)
            ? new CodedInputStream(segment.Array, segment.Offset, segment.Count)
            : new CodedInputStream(bytes.ToArray());

    // The library passes over the two wire types that do not exist without a word.
    private static bool TrySkip(CodedInputStream input, uint tag)
    {
        var exists = WireFormat.GetTagWireType(tag) <= WireFormat.WireType.Fixed32;
        if (exists)
        {
            input.SkipLastField();
        }

        return exists;
    }
}
