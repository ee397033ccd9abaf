using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>
/// ECDSA on NIST's curves with SHA-256 whatever the curve, by the platform: public keys are SubjectPublicKeyInfo,
/// private keys SEC 1, both DER.
/// </summary>
/// <remarks>Keys are imported for each use, for the reason given at <see cref="RsaAlgorithm"/>.</remarks>
internal sealed class EcdsaAlgorithm : KeyAlgorithm
{
    private EcdsaAlgorithm()
    {
    }

    public static EcdsaAlgorithm Instance { get; } = new();

    public override bool TryReadPublic(ReadOnlySpan<byte> data, [NotNullWhen(true)] out byte[]? raw, out DecodeError error)
    {
        raw = null;
        var copy = data.ToArray();
        if (!EcEncoding.TryReadPublic(copy, out _, out error))
        {
            return false;
        }

        try
        {
            using var key = OpenPublic(copy);
        }
        catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
        {
            error = new DecodeError("an ECDSA public key is a point of its curve, and the platform knows the curve", 0);
            return false;
        }

        raw = copy;
        return true;
    }

    public override bool TryReadPrivate(ReadOnlySpan<byte> data, out KeyMaterial key, out DecodeError error)
    {
        key = default;
        var copy = data.ToArray();
        var valid = EcEncoding.TryReadPrivate(copy, out var curve, out var scalar, out error);
        try
        {
            key = valid ? Derive(curve!, scalar) : default;
        }
        catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
        {
            error = new DecodeError("the platform knows the curve of an ECDSA private key", 0);
            valid = false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
            CryptographicOperations.ZeroMemory(scalar);
        }

        return valid;
    }

    public override KeyMaterial Generate()
    {
        using var key = ECDsa.Create(NistCurve.P256.Curve);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var encoded = EcEncoding.WritePrivate(NistCurve.P256, parameters.D, parameters.Q);
        CryptographicOperations.ZeroMemory(parameters.D);
        return new KeyMaterial(encoded, key.ExportSubjectPublicKeyInfo());
    }

    public override byte[] Sign(in KeyMaterial key, ReadOnlySpan<byte> message)
    {
        using var signer = ECDsa.Create();
        signer.ImportECPrivateKey(key.Private, out _);
        return signer.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public override bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = OpenPublic(publicKey);
        return EcdsaSignature.IsStrict(signature, (key.KeySize + 7) / 8)
            && key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static ECDsa OpenPublic(ReadOnlySpan<byte> info)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(info, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private static KeyMaterial Derive(NistCurve curve, byte[] scalar)
    {
        using var key = ECDsa.Create(new ECParameters { Curve = curve.Curve, D = scalar });
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new KeyMaterial(EcEncoding.WritePrivate(curve, scalar, point), key.ExportSubjectPublicKeyInfo());
    }
}
