using Google.Protobuf;
using Libp2p.Protobuf;

namespace Libp2p;

/// <summary>The parts of an envelope whose signature nobody has looked at yet. Never leaves this library.</summary>
internal sealed class UnverifiedEnvelope
{
    private readonly ReadOnlyMemory<byte> _signature;

    public UnverifiedEnvelope(EnvelopeMessage message, PublicKey key)
    {
        PublicKey = key;
        PayloadType = message.PayloadType.Memory;
        Payload = message.Payload.Memory;
        _signature = message.Signature.Memory;
    }

    public PublicKey PublicKey { get; }

    public ReadOnlyMemory<byte> PayloadType { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Copies an envelope, after its length has been checked.</summary>
    /// <remarks>
    /// The memory is another's, which may change it at any time: whoever keeps the bytes reads it once, here, and parses,
    /// verifies and keeps the copy.
    /// </remarks>
    public static EnvelopeOutcome TryCopy(ReadOnlyMemory<byte> bytes, DecodeLimits limits, out byte[] copy, out DecodeError error)
    {
        var fits = IsWithinLimit(bytes.Length, limits, out error);
        copy = fits ? bytes.ToArray() : [];
        return fits ? EnvelopeOutcome.Opened : EnvelopeOutcome.TooLarge;
    }

    /// <summary>
    /// Takes an envelope apart and checks the form of its key. <see cref="EnvelopeOutcome.Opened"/> means no more than
    /// that.
    /// </summary>
    public static EnvelopeOutcome TryParse(
        ReadOnlySpan<byte> bytes, DecodeLimits limits, out UnverifiedEnvelope? envelope, out DecodeError error)
    {
        envelope = null;
        if (!IsWithinLimit(bytes.Length, limits, out error))
        {
            return EnvelopeOutcome.TooLarge;
        }

        EnvelopeMessage message;
        try
        {
            message = EnvelopeMessage.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            error = new DecodeError("an envelope is a protobuf message of a key, a payload type, a payload and a signature", 0);
            return EnvelopeOutcome.Malformed;
        }

        if (message.PublicKey is null)
        {
            error = new DecodeError("an envelope has a public key", 0);
            return EnvelopeOutcome.BadKey;
        }

        if (!KeyCodec.TryRead(message.PublicKey, limits, out var type, out var data, out error)
            || !PublicKey.TryCreate(type, data.Span, out var key, out error))
        {
            return EnvelopeOutcome.BadKey;
        }

        envelope = new UnverifiedEnvelope(message, key);
        return EnvelopeOutcome.Opened;
    }

    /// <summary>Whether the key signed this payload as one of this type in this domain.</summary>
    public bool IsSignedIn(string domain) => PublicKey.Verify(GetSignedBytes(domain, PayloadType, Payload), _signature.Span);

    /// <summary>
    /// What is signed: domain, payload type and payload, each with its length in front as a varint (RFC 0002 of
    /// libp2p).
    /// </summary>
    public static byte[] GetSignedBytes(string domain, ReadOnlyMemory<byte> payloadType, ReadOnlyMemory<byte> payload)
    {
        var type = UnsafeByteOperations.UnsafeWrap(payloadType);
        var content = UnsafeByteOperations.UnsafeWrap(payload);
        var buffer = new byte[CodedOutputStream.ComputeStringSize(domain)
            + CodedOutputStream.ComputeBytesSize(type)
            + CodedOutputStream.ComputeBytesSize(content)];

        // Without a tag these are a length and bytes, which is what the RFC asks for.
        using var output = new CodedOutputStream(buffer);
        output.WriteString(domain);
        output.WriteBytes(type);
        output.WriteBytes(content);
        output.CheckNoSpaceLeft();
        return buffer;
    }

    private static bool IsWithinLimit(int length, DecodeLimits limits, out DecodeError error)
    {
        var fits = length <= limits.MaxEnvelopeBytes;
        error = fits ? default : new DecodeError("an envelope stays within the limit on its bytes", limits.MaxEnvelopeBytes);
        return fits;
    }
}
