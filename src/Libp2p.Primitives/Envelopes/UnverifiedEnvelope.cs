using System.Text;

namespace Libp2p;

/// <summary>Where the parts of an envelope stand whose signature nobody has looked at yet. Never leaves this library.</summary>
/// <param name="PublicKey">The key that claims to have signed.</param>
/// <param name="PayloadType">What the payload claims to be.</param>
/// <param name="Payload">The payload.</param>
/// <param name="Signature">The signature.</param>
internal readonly record struct UnverifiedEnvelope(PublicKey PublicKey, WireRange PayloadType, WireRange Payload, WireRange Signature)
{
    private const uint KeyField = 1;
    private const uint TypeField = 2;
    private const uint PayloadField = 3;
    private const uint SignatureField = 5;

    private const int MaxLengthPrefix = 5;

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
        ReadOnlySpan<byte> bytes, DecodeLimits limits, out UnverifiedEnvelope envelope, out DecodeError error)
    {
        envelope = default;
        if (!IsWithinLimit(bytes.Length, limits, out error))
        {
            return EnvelopeOutcome.TooLarge;
        }

        var fields = new KeyFields();
        int? keyStart = null;
        var reader = new WireReader(bytes, new WireRange(0, bytes.Length));
        while (error == default && reader.MoveNext())
        {
            switch ((reader.Number, reader.Type))
            {
                case (KeyField, WireType.Bytes):
                    keyStart = reader.Bytes.Start;
                    error = fields.Merge(bytes, reader.Bytes);
                    break;
                case (TypeField, WireType.Bytes):
                    envelope = envelope with { PayloadType = reader.Bytes };
                    break;
                case (PayloadField, WireType.Bytes):
                    envelope = envelope with { Payload = reader.Bytes };
                    break;
                case (SignatureField, WireType.Bytes):
                    envelope = envelope with { Signature = reader.Bytes };
                    break;
            }
        }

        error = error == default ? reader.Error : error;
        return error == default ? TryReadKey(bytes, fields, keyStart, limits, ref envelope, out error) : EnvelopeOutcome.Malformed;
    }

    /// <summary>Finds the payload of what may be an envelope; an empty range where there is none.</summary>
    public static WireRange FindPayload(ReadOnlySpan<byte> bytes) =>
        WireReader.FindLast(bytes, new WireRange(0, bytes.Length), PayloadField);

    /// <summary>Whether the key signed this payload as one of this type in this domain.</summary>
    public bool IsSignedIn(ReadOnlySpan<byte> bytes, string domain) =>
        PublicKey.Verify(GetSignedBytes(domain, PayloadType.In(bytes), Payload.In(bytes)), Signature.In(bytes));

    /// <summary>
    /// What is signed: domain, payload type and payload, each with its length in front as a varint (RFC 0002 of
    /// libp2p).
    /// </summary>
    public static ReadOnlySpan<byte> GetSignedBytes(string domain, ReadOnlySpan<byte> payloadType, ReadOnlySpan<byte> payload)
    {
        var domainLength = Encoding.UTF8.GetByteCount(domain);
        var buffer = new byte[3 * MaxLengthPrefix + domainLength + payloadType.Length + payload.Length];
        var written = Varint.Write(buffer, (uint)domainLength);
        written += Encoding.UTF8.GetBytes(domain, buffer.AsSpan(written));
        written += WritePrefixed(payloadType, buffer.AsSpan(written));
        written += WritePrefixed(payload, buffer.AsSpan(written));
        return buffer.AsSpan(0, written);
    }

    private static int WritePrefixed(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        var prefix = Varint.Write(destination, (uint)value.Length);
        value.CopyTo(destination[prefix..]);
        return prefix + value.Length;
    }

    private static EnvelopeOutcome TryReadKey(
        ReadOnlySpan<byte> bytes, KeyFields fields, int? start, DecodeLimits limits, ref UnverifiedEnvelope envelope, out DecodeError error)
    {
        error = start is null ? new DecodeError("an envelope has a public key", 0) : fields.Check(start.Value, limits);
        if (error != default || !PublicKey.TryCreate(bytes, fields, out var key, out error))
        {
            return EnvelopeOutcome.BadKey;
        }

        envelope = envelope with { PublicKey = key };
        return EnvelopeOutcome.Opened;
    }

    private static bool IsWithinLimit(int length, DecodeLimits limits, out DecodeError error)
    {
        var fits = length <= limits.MaxEnvelopeBytes;
        error = fits ? default : new DecodeError("an envelope stays within the limit on its bytes", limits.MaxEnvelopeBytes);
        return fits;
    }
}
