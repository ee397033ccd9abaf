using Google.Protobuf;

namespace Libp2p.Peerstore.Testing;

/// <summary>Single fields of protobuf messages: rules look at bytes that the decoders under test may have refused.</summary>
internal static class WireFields
{
    public const int KeyType = 1;
    public const int KeyData = 2;
    public const int EnvelopeKey = 1;
    public const int EnvelopePayload = 3;
    public const int EnvelopeSignature = 5;
    public const int RecordPeer = 1;
    public const int RecordSequence = 2;

    /// <summary>The bytes of a field, the last ones where it is repeated; empty where there are none.</summary>
    public static byte[] Bytes(byte[] message, int field)
    {
        var found = Array.Empty<byte>();
        Visit(message, WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited), input =>
            found = input.ReadBytes().ToByteArray());
        return found;
    }

    /// <summary>The number in a field, the last one where it is repeated; null where there is none.</summary>
    public static ulong? Number(byte[] message, int field)
    {
        ulong? found = null;
        Visit(message, WireFormat.MakeTag(field, WireFormat.WireType.Varint), input => found = input.ReadUInt64());
        return found;
    }

    private static void Visit(byte[] message, uint wanted, Action<CodedInputStream> read)
    {
        using var input = new CodedInputStream(message);
        try
        {
            while (input.ReadTag() is var tag && tag != 0)
            {
                if (tag == wanted)
                {
                    read(input);
                }
                else
                {
                    input.SkipLastField();
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // Then no rule applies beyond what was read: the decoders decide about the rest.
        }
    }
}
