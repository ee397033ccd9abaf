using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Libp2p.Tests;

public sealed class RsaTests
{
    private const int Bits = 2048;

    private static readonly byte[] Message = [.. "a message"u8];

    // RFC 8017, section 9.2: the DigestInfo of SHA-256 up to the hash.
    private static readonly byte[] DigestInfo = Convert.FromHexString("3031300d060960864801650304020105000420");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(65536)]
    [InlineData(4294967297)]
    public void A_key_with_which_nobody_can_sign_decodes_but_verifies_nothing(long exponent)
    {
        var numbers = new RSAParameters { Modulus = OddModulus(), Exponent = ToBytes(exponent) };

        Assert.True(RsaAlgorithm.Instance.TryReadPublic(WriteInfo(numbers), out var key, out _));
        Assert.False(RsaAlgorithm.Instance.Verify(key, Message, Pad(Message)));
        Assert.False(RsaAlgorithm.Instance.Verify(key, Message, []));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void An_exponent_that_is_not_positive_is_refused(long exponent)
    {
        Assert.False(RsaAlgorithm.Instance.TryReadPublic(WriteInfo(new BigInteger(OddModulus(), isUnsigned: true, isBigEndian: true), exponent), out _, out _));
    }

    [Fact]
    public void A_modulus_that_no_key_has_verifies_nothing_and_throws_nothing()
    {
        var even = OddModulus();
        even[^1]--;

        Assert.True(RsaAlgorithm.Instance.TryReadPublic(WriteInfo(new RSAParameters { Modulus = even, Exponent = [3] }), out var key, out _));
        Assert.False(RsaAlgorithm.Instance.Verify(key, Message, Pad(Message)));
    }

    [Fact]
    public void The_size_is_that_of_the_number_not_of_its_bytes()
    {
        var short2048 = OddModulus();
        short2048[0] = 0x7f;
        short2048[1] |= 0x80;

        Assert.False(RsaAlgorithm.Instance.TryReadPublic(WriteInfo(new RSAParameters { Modulus = short2048, Exponent = [3] }), out _, out var error));
        Assert.Contains("2048", error.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Modulus")]
    [InlineData("Exponent")]
    [InlineData("D")]
    [InlineData("P")]
    [InlineData("Q")]
    [InlineData("DP")]
    [InlineData("DQ")]
    [InlineData("InverseQ")]
    public void A_private_key_whose_numbers_do_not_fit_together_is_refused(string broken)
    {
        using var rsa = RSA.Create(Bits);
        var numbers = rsa.ExportParameters(includePrivateParameters: true);
        Assert.True(RsaAlgorithm.Instance.TryReadPrivate(WritePrivate(numbers, version: 0), out var intact, out _));
        Assert.Equal(rsa.ExportRSAPrivateKey(), intact.Private);

        var changed = (byte[])typeof(RSAParameters).GetField(broken)!.GetValue(numbers)!;
        changed[^2] ^= 4;

        Assert.False(RsaAlgorithm.Instance.TryReadPrivate(WritePrivate(numbers, version: 0), out _, out var error));
        Assert.Contains("fit together", error.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_exponent_that_is_right_for_one_prime_only_is_refused_although_signing_does_not_use_it()
    {
        using var rsa = RSA.Create(Bits);
        var numbers = rsa.ExportParameters(includePrivateParameters: true);
        var prime = new BigInteger(numbers.P, isUnsigned: true, isBigEndian: true);
        numbers.D = (new BigInteger(numbers.D, isUnsigned: true, isBigEndian: true) + prime - 1).ToByteArray(isUnsigned: true, isBigEndian: true);

        Assert.False(RsaAlgorithm.Instance.TryReadPrivate(WritePrivate(numbers, version: 0), out _, out var error));
        Assert.Contains("fit together", error.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_of_many_primes_or_with_bytes_behind_is_refused()
    {
        using var rsa = RSA.Create(Bits);
        var numbers = rsa.ExportParameters(includePrivateParameters: true);

        Assert.False(RsaAlgorithm.Instance.TryReadPrivate(WritePrivate(numbers, version: 1), out _, out _));
        Assert.False(RsaAlgorithm.Instance.TryReadPrivate([.. WritePrivate(numbers, version: 0), 0], out _, out _));
        Assert.False(RsaAlgorithm.Instance.TryReadPrivate(rsa.ExportPkcs8PrivateKey(), out _, out _));
    }

    [Fact]
    public void A_public_key_of_another_algorithm_is_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.False(RsaAlgorithm.Instance.TryReadPublic(ecdsa.ExportSubjectPublicKeyInfo(), out _, out var error));
        Assert.Contains("SubjectPublicKeyInfo", error.Rule, StringComparison.Ordinal);
    }

    // What a signature decrypts to: with the exponent 1 it is the signature itself, and anybody can write it.
    private static byte[] Pad(byte[] message)
    {
        byte[] tail = [0x00, .. DigestInfo, .. SHA256.HashData(message)];
        return [0x00, 0x01, .. Enumerable.Repeat((byte)0xff, Bits / 8 - 2 - tail.Length), .. tail];
    }

    private static byte[] OddModulus()
    {
        using var rsa = RSA.Create(Bits);
        return rsa.ExportParameters(includePrivateParameters: false).Modulus!;
    }

    private static byte[] ToBytes(long number) => new BigInteger(number).ToByteArray(isUnsigned: true, isBigEndian: true);

    private static byte[] WriteInfo(RSAParameters numbers) => WriteInfo(
        new BigInteger(numbers.Modulus, isUnsigned: true, isBigEndian: true), new BigInteger(numbers.Exponent, isUnsigned: true, isBigEndian: true));

    private static byte[] WriteInfo(BigInteger modulus, BigInteger exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteInteger(modulus);
            key.WriteInteger(exponent);
        }

        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            using (info.PushSequence())
            {
                info.WriteObjectIdentifier("1.2.840.113549.1.1.1");
                info.WriteNull();
            }

            info.WriteBitString(key.Encode());
        }

        return info.Encode();
    }

    private static byte[] WritePrivate(RSAParameters numbers, int version)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(version);
            foreach (var number in new[] { numbers.Modulus, numbers.Exponent, numbers.D, numbers.P, numbers.Q, numbers.DP, numbers.DQ, numbers.InverseQ })
            {
                writer.WriteInteger(new BigInteger(number, isUnsigned: true, isBigEndian: true));
            }
        }

        return writer.Encode();
    }
}
