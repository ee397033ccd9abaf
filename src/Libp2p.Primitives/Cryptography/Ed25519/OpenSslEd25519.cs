using System.Security.Cryptography;

namespace Libp2p;

/// <summary>Ed25519 by OpenSSL, which .NET itself needs on Linux.</summary>
internal sealed unsafe class OpenSslEd25519(LibCrypto crypto) : IEd25519Provider
{
    public string Name => "OpenSSL";

    public void DerivePublicKey(ReadOnlySpan<byte> seed, Span<byte> publicKey)
    {
        var key = OpenPrivate(seed);
        try
        {
            var length = (nuint)publicKey.Length;
            fixed (byte* publicBytes = publicKey)
            {
                Check(crypto.GetRawPublicKey(key, publicBytes, &length) == 1);
            }
        }
        finally
        {
            crypto.FreeKey(key);
        }
    }

    public void Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        var key = OpenPrivate(seed);
        try
        {
            Check(crypto.Sign(key, digest: 0, message, signature) == signature.Length);
        }
        finally
        {
            crypto.FreeKey(key);
        }
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        nint key;
        fixed (byte* publicBytes = publicKey)
        {
            key = crypto.NewRawPublicKey(LibCrypto.Ed25519, 0, publicBytes, (nuint)publicKey.Length);
        }

        if (key == 0)
        {
            crypto.ClearErrors();
            return false;
        }

        try
        {
            return crypto.Verify(key, digest: 0, message, signature);
        }
        finally
        {
            crypto.FreeKey(key);
        }
    }

    private nint OpenPrivate(ReadOnlySpan<byte> seed)
    {
        nint key;
        fixed (byte* seedBytes = seed)
        {
            key = crypto.NewRawPrivateKey(LibCrypto.Ed25519, 0, seedBytes, (nuint)seed.Length);
        }

        Check(key != 0);
        return key;
    }

    private void Check(bool succeeded)
    {
        if (!succeeded)
        {
            crypto.ClearErrors();
            throw new CryptographicException("OpenSSL could not use the Ed25519 key.");
        }
    }
}
