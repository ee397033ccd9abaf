using System.Formats.Asn1;

namespace Libp2p.Peerstore.Testing;

/// <summary>The DER form of an ECDSA signature: a sequence of two integers, and nothing else.</summary>
internal static class EcdsaSignatureShape
{
    /// <summary>Whether r and s are there in good DER, but something else is too: behind them or behind the sequence.</summary>
    public static bool HasMoreThanRAndS(ReadOnlySpan<byte> signature)
    {
        try
        {
            AsnDecoder.ReadSequence(signature, AsnEncodingRules.DER, out var start, out var length, out var end);
            var content = signature.Slice(start, length);
            _ = AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.DER, out var r);
            _ = AsnDecoder.ReadIntegerBytes(content[r..], AsnEncodingRules.DER, out var s);
            return r + s < content.Length || end < signature.Length;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
