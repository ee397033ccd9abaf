using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>
/// RSA with PKCS#1 v1.5 and SHA-256, by the platform: public keys are SubjectPublicKeyInfo, private keys PKCS#1, both
/// DER.
/// </summary>
/// <remarks>
/// Keys are imported for each use, which costs about 0.1 ms: .NET's key objects are not safe for concurrent use, and
/// a lock or a pool in each of a million keys would cost more memory than the few such peers are worth.
/// </remarks>
internal sealed class RsaAlgorithm : KeyAlgorithm
{
    private const int DefaultBits = 2048;

    private RsaAlgorithm()
    {
    }

    public static RsaAlgorithm Instance { get; } = new();

    private static ReadOnlySpan<byte> Probe => "a message that shows whether the numbers of a key fit together"u8;

    // An exponent with which nobody can sign is no reason to refuse: go takes such keys, their peer IDs exist.
    public override bool TryReadPublic(ReadOnlySpan<byte> data, [NotNullWhen(true)] out byte[]? raw, out DecodeError error)
    {
        var copy = data.ToArray();
        var valid = RsaEncoding.TryReadPublic(copy, out _, out error);
        raw = valid ? copy : null;
        return valid;
    }

    public override bool TryReadPrivate(ReadOnlySpan<byte> data, out KeyMaterial key, out DecodeError error)
    {
        var copy = data.ToArray();
        if (RsaEncoding.TryReadPrivate(copy, out error))
        {
            if (TryImport(copy, out var publicKey))
            {
                key = new KeyMaterial(copy, publicKey);
                return true;
            }

            error = new DecodeError("an RSA private key signs what its public key verifies", 0);
        }

        CryptographicOperations.ZeroMemory(copy);
        key = default;
        return false;
    }

    public override KeyMaterial Generate() => Generate(DefaultBits);

    public static KeyMaterial Generate(int bits)
    {
        using var rsa = RSA.Create(bits);
        return new KeyMaterial(rsa.ExportRSAPrivateKey(), rsa.ExportSubjectPublicKeyInfo());
    }

    public override byte[] Sign(in KeyMaterial key, ReadOnlySpan<byte> message)
    {
        using var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(key.Private, out _);
        return rsa.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!RsaEncoding.TryReadPublic(publicKey.ToArray(), out var exponent, out _) || !RsaEncoding.IsSoundExponent(exponent))
        {
            return false;
        }

        try
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(publicKey, out _);
            return rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            // A platform may refuse a modulus that no key has, an even one for instance.
            return false;
        }
    }

    // That the numbers fit together has been shown by arithmetic; a signature that verifies shows that the platform takes
    // them, and finds most of the factors that are no primes.
    private bool TryImport(byte[] der, [NotNullWhen(true)] out byte[]? publicKey)
    {
        publicKey = null;
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportRSAPrivateKey(der, out _);
            var info = rsa.ExportSubjectPublicKeyInfo();
            var signature = rsa.SignData(Probe, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            publicKey = Verify(info, Probe, signature) ? info : null;
        }
        catch (CryptographicException)
        {
            return false;
        }

        return publicKey is not null;
    }
}
