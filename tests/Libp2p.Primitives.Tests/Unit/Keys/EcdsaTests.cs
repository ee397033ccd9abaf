using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Libp2p.Tests;

public sealed class EcdsaTests
{
    private const string P256 = "1.2.840.10045.3.1.7";
    private const string Secp256k1 = "1.3.132.0.10";

    private static readonly byte[] Message = [.. "a message"u8];

    public static TheoryData<string, int> Curves => new()
    {
        { "1.3.132.0.33", 28 },
        { P256, 32 },
        { "1.3.132.0.34", 48 },
        { "1.3.132.0.35", 66 },
    };

    [Theory]
    [MemberData(nameof(Curves))]
    public void Keys_on_every_curve_of_go_sign_and_verify(string oid, int fieldBytes)
    {
        using var ecdsa = ECDsa.Create(ECCurve.CreateFromValue(oid));

        Assert.True(EcdsaAlgorithm.Instance.TryReadPrivate(ecdsa.ExportECPrivateKey(), out var key, out _));
        var signature = EcdsaAlgorithm.Instance.Sign(key, Message);

        Assert.True(EcdsaAlgorithm.Instance.TryReadPublic(ecdsa.ExportSubjectPublicKeyInfo(), out var publicKey, out _));
        Assert.Equal(publicKey, key.Public);
        Assert.True(EcdsaAlgorithm.Instance.Verify(publicKey, Message, signature));
        Assert.True(EcdsaSignature.IsStrict(signature, fieldBytes));
        Assert.False(EcdsaAlgorithm.Instance.Verify(publicKey, Message, [.. signature, 0]));
    }

    [Fact]
    public void Other_curves_and_other_forms_of_points_are_refused()
    {
        using var other = ECDsa.Create(ECCurve.CreateFromValue(Secp256k1));
        using var good = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = good.ExportParameters(includePrivateParameters: false).Q;

        Assert.False(EcdsaAlgorithm.Instance.TryReadPublic(other.ExportSubjectPublicKeyInfo(), out _, out var error));
        Assert.Contains("P-224", error.Rule, StringComparison.Ordinal);
        Assert.True(EcdsaAlgorithm.Instance.TryReadPublic(WriteInfo(P256, [4, .. point.X!, .. point.Y!]), out _, out _));
        Assert.False(EcdsaAlgorithm.Instance.TryReadPublic(WriteInfo(P256, [(byte)(2 + (point.Y![^1] & 1)), .. point.X!]), out _, out error));
        Assert.Contains("uncompressed", error.Rule, StringComparison.Ordinal);
        Assert.False(EcdsaAlgorithm.Instance.TryReadPublic(WriteInfo(P256, [0]), out _, out _));
    }

    [Fact]
    public void A_coordinate_above_the_prime_is_refused()
    {
        byte[] point = [4, .. Enumerable.Repeat((byte)0xff, 64)];

        Assert.False(EcdsaAlgorithm.Instance.TryReadPublic(WriteInfo(P256, point), out _, out _));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", false)]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550", true)]
    [InlineData("01", true)]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000001", true)]
    [InlineData("010000000000000000000000000000000000000000000000000000000000000001", false)]
    public void A_scalar_lies_between_one_and_the_order_whatever_its_length(string scalar, bool isKey)
    {
        var der = WritePrivate(P256, Convert.FromHexString(scalar));

        Assert.Equal(isKey, EcdsaAlgorithm.Instance.TryReadPrivate(der, out var key, out _));
        Assert.True(!isKey || EcdsaAlgorithm.Instance.Verify(key.Public, Message, EcdsaAlgorithm.Instance.Sign(key, Message)));
    }

    [Fact]
    public void A_private_key_on_another_curve_is_refused()
    {
        Assert.False(EcdsaAlgorithm.Instance.TryReadPrivate(WritePrivate(Secp256k1, [1]), out _, out var error));
        Assert.Contains("P-224", error.Rule, StringComparison.Ordinal);
    }

    private static byte[] WriteInfo(string curve, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier(curve);
            }

            writer.WriteBitString(point);
        }

        return writer.Encode();
    }

    private static byte[] WritePrivate(string curve, byte[] scalar)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString(scalar);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteObjectIdentifier(curve);
            }
        }

        return writer.Encode();
    }
}
