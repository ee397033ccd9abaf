using System.Formats.Asn1;
using System.Numerics;

namespace Libp2p.Tests;

/// <summary>Where we refuse what go-libp2p takes: by the content of a vector, with the reason. See docs/adr/0004.</summary>
internal static class KeyDeviations
{
    public const string ForeignHalf = "a public half that is not the seed's: two signatures would give the key away";
    public const string NoScalar = "a scalar that is no member of the group: go would change it";
    public const string SmallOrder = "a key of small order: one signature fits many messages";
    public const string LooseDer = "something besides two integers in a signature: anybody can make another form of it";

    private const int Ed25519Length = 64;
    private const int SeedLength = 32;

    private static readonly BigInteger Secp256k1Order = BigInteger.Parse(
        "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.HexNumber, provider: null);

    public static string? FindReason(KeyVectors.KeyBytes privateKey) => privateKey.Type switch
    {
        "Ed25519" when HasForeignHalf(privateKey.Canonical!.AsSpan()[^Ed25519Length..]) => ForeignHalf,
        "Secp256k1" when new BigInteger(privateKey.Bytes.AsSpan()[^SeedLength..], isUnsigned: true, isBigEndian: true) is var scalar
            && (scalar.IsZero || scalar >= Secp256k1Order) => NoScalar,
        _ => null,
    };

    public static string? FindReason(KeyVectors.SignatureBytes signature) => signature.Type switch
    {
        "Ed25519" when Ed25519Points.SmallOrder.Contains(Convert.ToHexStringLower(signature.PublicKey.AsSpan()[^SeedLength..])) => SmallOrder,
        "ECDSA" when IsLoose(signature.Signature) => LooseDer,
        _ => null,
    };

    /// <summary>Whether a well-formed beginning of two integers is followed by anything, inside the sequence or behind it.</summary>
    public static bool IsLoose(byte[] der)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER);
            var integers = reader.ReadSequence();
            _ = integers.ReadInteger();
            _ = integers.ReadInteger();
            return reader.HasData || integers.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool HasForeignHalf(ReadOnlySpan<byte> key)
    {
        var derived = new byte[SeedLength];
        Ed25519Providers.Current.DerivePublicKey(key[..SeedLength], derived);
        return !key[SeedLength..].SequenceEqual(derived);
    }
}
