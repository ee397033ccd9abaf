using System.Security.Cryptography;

namespace Libp2p.Tests;

/// <summary>Errors inside the DER of a key name the element, counted from the beginning of the key's protobuf form.</summary>
public sealed class DerPositionTests
{
    [Fact]
    public void A_modulus_that_is_too_short_is_named()
    {
        using var rsa = RSA.Create(1024);
        var info = rsa.ExportSubjectPublicKeyInfo();

        AssertAt(KeyType.Rsa, info, info.AsSpan().IndexOf(new byte[] { 0x02, 0x81, 0x81 }), "2048");
    }

    [Fact]
    public void An_algorithm_that_is_another_is_named()
    {
        using var rsa = RSA.Create(2048);
        var identifier = new byte[] { 0x30, 0x0d, 0x06 };

        AssertAt(KeyType.Ecdsa, rsa.ExportSubjectPublicKeyInfo(), rsa.ExportSubjectPublicKeyInfo().AsSpan().IndexOf(identifier) + 2, "ECDSA");
    }

    [Fact]
    public void A_curve_and_a_point_are_named()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var info = ecdsa.ExportSubjectPublicKeyInfo();
        var curve = info.AsSpan().LastIndexOf(new byte[] { 0x06, 0x08, 0x2a });
        var point = info.Length - 65;

        info[^65] = 0x02;
        AssertAt(KeyType.Ecdsa, info, point, "uncompressed");
        info[curve + 3]++;
        AssertAt(KeyType.Ecdsa, info, curve, "curves");
    }

    [Fact]
    public void A_private_number_out_of_range_is_named()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = ecdsa.ExportECPrivateKey();
        var scalar = key.AsSpan().IndexOf(new byte[] { 0x04, 0x20 });
        key.AsSpan(scalar + 2, 32).Clear();
        var encoded = KeyCodec.Write(KeyType.Ecdsa, key);

        Assert.False(PrivateKey.TryDecode(encoded, DecodeLimits.Default, out _, out var error));

        Assert.Equal(encoded.AsSpan().IndexOf(key) + scalar, error.Position);
    }

    private static void AssertAt(KeyType type, byte[] der, int position, string rule)
    {
        var encoded = KeyCodec.Write(type, der);

        Assert.False(PublicKey.TryDecode(encoded, DecodeLimits.Default, out _, out var error));

        Assert.Contains(rule, error.Rule, StringComparison.Ordinal);
        Assert.Equal(encoded.AsSpan().IndexOf(der) + position, error.Position);
    }
}
