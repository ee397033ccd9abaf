using System.Formats.Asn1;
using System.Numerics;

namespace Libp2p;

/// <summary>Reads the DER of RSA keys strictly, before any cryptography sees them.</summary>
internal static class RsaEncoding
{
    /// <summary>The shortest modulus, in bits, as in go-libp2p.</summary>
    public const int MinBits = 2048;

    /// <summary>The longest modulus, in bits: verifying takes time that grows with its square.</summary>
    public const int MaxBits = 8192;

    private const string Algorithm = "1.2.840.113549.1.1.1";
    private const string PublicRule = "an RSA public key is a SubjectPublicKeyInfo in DER with nothing behind it";
    private const string FitRule = "the numbers of an RSA private key fit together";
    private const string PrivateRule = "an RSA private key is a PKCS#1 RSAPrivateKey of two primes in DER with nothing behind it";
    // The largest exponent that Go's crypto/rsa works with.
    private const int MaxExponent = int.MaxValue;

    /// <summary>Checks a SubjectPublicKeyInfo and returns its exponent.</summary>
    public static bool TryReadPublic(ReadOnlyMemory<byte> der, out BigInteger exponent, out DecodeError error)
    {
        exponent = default;
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var algorithm = info.ReadSequence();
            var identifierAt = algorithm.PeekEncodedValue();
            var identifier = algorithm.ReadObjectIdentifier();
            algorithm.ReadNull();
            algorithm.ThrowIfNotEmpty();
            var isWhole = info.TryReadPrimitiveBitString(out var unusedBits, out var key) && unusedBits == 0;
            info.ThrowIfNotEmpty();
            if (!isWhole || !string.Equals(identifier, Algorithm, StringComparison.Ordinal))
            {
                error = DerPosition.At(PublicRule, der, isWhole ? identifierAt : key);
                return false;
            }

            var bits = new AsnReader(key, AsnEncodingRules.DER);
            var numbers = bits.ReadSequence();
            bits.ThrowIfNotEmpty();
            var modulusAt = numbers.PeekEncodedValue();
            var modulus = numbers.ReadInteger();
            exponent = numbers.ReadInteger();
            numbers.ThrowIfNotEmpty();
            error = CheckSize(modulus, exponent) is { } broken ? DerPosition.At(broken, der, modulusAt) : default;
            return error == default;
        }
        catch (AsnContentException)
        {
            error = new DecodeError(PublicRule, 0);
            return false;
        }
    }

    /// <summary>Checks the form of a PKCS#1 private key, the size of its modulus, and that its numbers fit together.</summary>
    public static bool TryReadPrivate(ReadOnlyMemory<byte> der, out DecodeError error)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var numbers = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var versionAt = numbers.PeekEncodedValue();
            var version = numbers.ReadInteger();
            var modulusAt = numbers.PeekEncodedValue();
            var key = new RsaNumbers(
                Modulus: numbers.ReadInteger(),
                Exponent: numbers.ReadInteger(),
                PrivateExponent: numbers.ReadInteger(),
                P: numbers.ReadInteger(),
                Q: numbers.ReadInteger(),
                ExponentP: numbers.ReadInteger(),
                ExponentQ: numbers.ReadInteger(),
                Coefficient: numbers.ReadInteger());
            numbers.ThrowIfNotEmpty();

            // The size before the arithmetic, whose work it bounds.
            error = !version.IsZero ? DerPosition.At(PrivateRule, der, versionAt)
                : CheckSize(key.Modulus, key.Exponent) is { } broken ? DerPosition.At(broken, der, modulusAt)
                : !key.FitTogether() ? DerPosition.At(FitRule, der, modulusAt)
                : default;
            return error == default;
        }
        catch (AsnContentException)
        {
            error = new DecodeError(PrivateRule, 0);
            return false;
        }
    }

    /// <summary>
    /// Whether anything signed with this exponent means something. With the exponent 1 a signature is its own message,
    /// so that anybody can make one; even exponents belong to no key.
    /// </summary>
    public static bool IsSoundExponent(BigInteger exponent) => exponent >= 3 && exponent <= MaxExponent && !exponent.IsEven;

    private static string? CheckSize(BigInteger modulus, BigInteger exponent) =>
        modulus.Sign <= 0 || exponent.Sign <= 0 || exponent > long.MaxValue
            ? "an RSA key has a positive modulus and a positive exponent below 2^63"
            : modulus.GetBitLength() is < MinBits or > MaxBits ? "an RSA key has from 2048 to 8192 bits"
            : null;
}
