using System.Security.Cryptography;

namespace Libp2p;

/// <summary>Ed25519 by libsodium.</summary>
internal sealed unsafe class SodiumEd25519 : IEd25519Provider
{
    private const int SecretKeyLength = 64;

    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, ulong, byte*, int> _verify;
    private readonly delegate* unmanaged[Cdecl]<byte*, ulong*, byte*, ulong, byte*, int> _sign;
    private readonly delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int> _makePair;
    private readonly delegate* unmanaged[Cdecl]<int> _initialize;

    private SodiumEd25519(NativeModule module)
    {
        _verify = (delegate* unmanaged[Cdecl]<byte*, byte*, ulong, byte*, int>)module.Find("crypto_sign_ed25519_verify_detached");
        _sign = (delegate* unmanaged[Cdecl]<byte*, ulong*, byte*, ulong, byte*, int>)module.Find("crypto_sign_ed25519_detached");
        _makePair = (delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int>)module.Find("crypto_sign_ed25519_seed_keypair");
        _initialize = (delegate* unmanaged[Cdecl]<int>)module.Find("sodium_init");
    }

    public string Name => "libsodium";

    public static SodiumEd25519? TryLoad()
    {
        // First the plain name: what a user's NuGet package brings goes before what the system has.
        var module = NativeModule.TryLoad(
            "libsodium", "libsodium.so.26", "libsodium.so.23", "libsodium.26.dylib", "libsodium.23.dylib");
        if (module is null)
        {
            return null;
        }

        // sodium_init answers 1 when somebody else in the process has called it before.
        var library = new SodiumEd25519(module);
        return module.IsComplete && library._initialize() >= 0 ? library : null;
    }

    public void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        Span<byte> secret = stackalloc byte[SecretKeyLength];
        try
        {
            fixed (byte* publicBytes = publicKey, secretBytes = secret, seedBytes = seed)
            {
                Check(_makePair(publicBytes, secretBytes, seedBytes));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        Span<byte> secret = stackalloc byte[SecretKeyLength];
        seed.CopyTo(secret);
        publicKey.CopyTo(secret[seed.Length..]);
        try
        {
            fixed (byte* signatureBytes = signature, messageBytes = message, secretBytes = secret)
            {
                Check(_sign(signatureBytes, null, messageBytes, (ulong)message.Length, secretBytes));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        fixed (byte* publicBytes = publicKey, messageBytes = message, signatureBytes = signature)
        {
            return _verify(signatureBytes, messageBytes, (ulong)message.Length, publicBytes) == 0;
        }
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new CryptographicException("libsodium could not use the key.");
        }
    }
}
