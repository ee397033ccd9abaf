using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>
/// Reads and writes the DER of keys on NIST's curves strictly: named curves only, uncompressed points only, as Go's
/// crypto/x509.
/// </summary>
internal static class EcEncoding
{
    private const string Algorithm = "1.2.840.10045.2.1";
    private const string PublicRule = "an ECDSA public key is a SubjectPublicKeyInfo in DER with nothing behind it";
    private const string PrivateRule = "an ECDSA private key is an ECPrivateKey (SEC 1) in DER with nothing behind it";
    private const string CurveRule = "an ECDSA key lies on one of the curves P-224, P-256, P-384 and P-521";
    private const string PointRule = "the point of an ECDSA public key is written in uncompressed form";
    private const string ScalarRule = "an ECDSA private key lies between 1 and the curve's order less one";
    private const byte UncompressedTag = 0x04;

    private static readonly Asn1Tag CurveTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag PublicTag = new(TagClass.ContextSpecific, 1);

    /// <summary>
    /// Checks the form of a SubjectPublicKeyInfo, and finds the curve; whether the point lies on it is left to the
    /// platform.
    /// </summary>
    public static bool TryReadPublic(ReadOnlyMemory<byte> der, out NistCurve? curve, out DecodeError error)
    {
        curve = null;
        error = new DecodeError(PublicRule, 0);
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var algorithm = info.ReadSequence();
            var identifierAt = algorithm.PeekEncodedValue();
            if (!string.Equals(algorithm.ReadObjectIdentifier(), Algorithm, StringComparison.Ordinal))
            {
                error = DerPosition.At(PublicRule, der, identifierAt);
                return false;
            }

            var curveAt = algorithm.PeekEncodedValue();
            curve = NistCurve.Find(algorithm.ReadObjectIdentifier());
            algorithm.ThrowIfNotEmpty();
            var isWhole = info.TryReadPrimitiveBitString(out var unusedBits, out var point) && unusedBits == 0;
            info.ThrowIfNotEmpty();
            error = !isWhole ? DerPosition.At(PublicRule, der, point)
                : curve is null ? DerPosition.At(CurveRule, der, curveAt)
                : !IsUncompressed(curve, point.Span) ? DerPosition.At(PointRule, der, point)
                : default;
        }
        catch (AsnContentException)
        {
            return false;
        }

        return error == default;
    }

    /// <summary>
    /// Reads an ECPrivateKey. The public key that may stand in it is ignored, as in go: it follows from the scalar.
    /// </summary>
    public static bool TryReadPrivate(ReadOnlyMemory<byte> der, out NistCurve? curve, out byte[] scalar, out DecodeError error)
    {
        curve = null;
        scalar = [];
        error = new DecodeError(PrivateRule, 0);
        ReadOnlyMemory<byte> scalarAt;
        ReadOnlyMemory<byte> curveAt;
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var key = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (!key.TryReadInt32(out var version) || version != 1)
            {
                return false;
            }

            scalarAt = key.PeekEncodedValue();
            scalar = key.ReadOctetString();
            var parameters = key.ReadSequence(CurveTag);
            curveAt = parameters.PeekEncodedValue();
            curve = NistCurve.Find(parameters.ReadObjectIdentifier());
            parameters.ThrowIfNotEmpty();
            if (key.HasData)
            {
                var publicKey = key.ReadSequence(PublicTag);
                _ = publicKey.ReadBitString(out _);
                publicKey.ThrowIfNotEmpty();
            }

            key.ThrowIfNotEmpty();
        }
        catch (AsnContentException)
        {
            return false;
        }

        error = curve is null ? DerPosition.At(CurveRule, der, curveAt)
            : !TryFitScalar(curve, ref scalar) ? DerPosition.At(ScalarRule, der, scalarAt)
            : default;
        return error == default;
    }

    /// <summary>Writes an ECPrivateKey in the form of Go's crypto/x509: version, scalar, curve, public key.</summary>
    public static byte[] WritePrivate(NistCurve curve, ReadOnlySpan<byte> scalar, ECPoint point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString(scalar);
            using (writer.PushSequence(CurveTag))
            {
                writer.WriteObjectIdentifier(curve.Oid);
            }

            using (writer.PushSequence(PublicTag))
            {
                writer.WriteBitString([UncompressedTag, .. point.X!, .. point.Y!]);
            }
        }

        var encoded = writer.Encode();
        writer.Reset();
        return encoded;
    }

    private static bool IsUncompressed(NistCurve curve, ReadOnlySpan<byte> point) =>
        point.Length == 1 + 2 * curve.FieldBytes && point[0] == UncompressedTag;

    // As go: zeros in front may be missing, or more than needed.
    private static bool TryFitScalar(NistCurve curve, ref byte[] scalar)
    {
        ReadOnlySpan<byte> digits = scalar.AsSpan().TrimStart((byte)0);
        var fitted = new byte[curve.FieldBytes];
        if (digits.Length <= fitted.Length)
        {
            digits.CopyTo(fitted.AsSpan(fitted.Length - digits.Length));
        }

        CryptographicOperations.ZeroMemory(scalar);
        scalar = fitted;
        return digits.Length <= fitted.Length && curve.IsScalar(fitted);
    }
}
