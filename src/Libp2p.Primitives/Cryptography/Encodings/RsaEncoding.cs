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
            var identifier = algorithm.ReadObjectIdentifier();
            algorithm.ReadNull();
            algorithm.ThrowIfNotEmpty();
            var key = info.ReadBitString(out var unusedBits);
            info.ThrowIfNotEmpty();
            if (!string.Equals(identifier, Algorithm, StringComparison.Ordinal) || unusedBits != 0)
            {
                error = new DecodeError(PublicRule, 0);
                return false;
            }

            var bits = new AsnReader(key, AsnEncodingRules.DER);
            var numbers = bits.ReadSequence();
            bits.ThrowIfNotEmpty();
            var modulus = numbers.ReadInteger();
            exponent = numbers.ReadInteger();
            numbers.ThrowIfNotEmpty();
            return HasGoodSize(modulus, exponent, out error);
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
            var version = numbers.ReadInteger();
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
            if (!version.IsZero)
            {
                error = new DecodeError(PrivateRule, 0);
                return false;
            }

            // The size first: it bounds the work of what follows.
            if (!HasGoodSize(key.Modulus, key.Exponent, out error))
            {
                return false;
            }

            error = key.FitTogether() ? default : new DecodeError(FitRule, 0);
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

    private static bool HasGoodSize(BigInteger modulus, BigInteger exponent, out DecodeError error)
    {
        error = modulus.Sign <= 0 || exponent.Sign <= 0 || exponent > long.MaxValue
            ? new DecodeError("an RSA key has a positive modulus and a positive exponent below 2^63", 0)
            : modulus.GetBitLength() is < MinBits or > MaxBits
                ? new DecodeError("an RSA key has from 2048 to 8192 bits", 0)
                : default;
        return error == default;
    }
}
