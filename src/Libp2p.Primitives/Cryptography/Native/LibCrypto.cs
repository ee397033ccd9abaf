using System.Security.Cryptography;

namespace Libp2p;

/// <summary>
/// The few functions of OpenSSL's libcrypto (1.1.1 or newer) that stand in where a better library is missing.
/// </summary>
/// <remarks>None of them is deprecated in OpenSSL 3. Safe to share between threads.</remarks>
internal sealed unsafe class LibCrypto
{
    /// <summary>OpenSSL's number of Ed25519 (<c>EVP_PKEY_ED25519</c>).</summary>
    public const int Ed25519 = 1087;

    /// <summary>OpenSSL's number of keys on elliptic curves (<c>EVP_PKEY_EC</c>).</summary>
    public const int EllipticCurve = 408;

    /// <summary>Makes a public key from raw bytes.</summary>
    public readonly delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint> NewRawPublicKey;

    /// <summary>Makes a private key from raw bytes.</summary>
    public readonly delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint> NewRawPrivateKey;

    /// <summary>Writes the raw public half of a key.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint*, int> GetRawPublicKey;

    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint*, byte**, nint, nint> ReadPublicKey;

    /// <summary>Writes a SubjectPublicKeyInfo.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint, byte**, int> WritePublicKey;

    /// <summary>Reads a private key in the traditional form of its type.</summary>
    public readonly delegate* unmanaged[Cdecl]<int, nint*, byte**, nint, nint> ReadPrivateKey;

    /// <summary>Gives a key back.</summary>
    public readonly delegate* unmanaged[Cdecl]<nint, void> FreeKey;

    private readonly delegate* unmanaged[Cdecl]<nint> _newContext;
    private readonly delegate* unmanaged[Cdecl]<nint, void> _freeContext;
    private readonly delegate* unmanaged[Cdecl]<nint, nint*, nint, nint, nint, int> _beginVerify;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, int> _verify;
    private readonly delegate* unmanaged[Cdecl]<nint, nint*, nint, nint, nint, int> _beginSign;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint*, byte*, nuint, int> _sign;
    private readonly delegate* unmanaged[Cdecl]<nint> _sha256;
    private readonly delegate* unmanaged[Cdecl]<void> _clearErrors;

    private LibCrypto(NativeModule module)
    {
        NewRawPublicKey = (delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint>)module.Find("EVP_PKEY_new_raw_public_key");
        NewRawPrivateKey = (delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint>)module.Find("EVP_PKEY_new_raw_private_key");
        GetRawPublicKey = (delegate* unmanaged[Cdecl]<nint, byte*, nuint*, int>)module.Find("EVP_PKEY_get_raw_public_key");
        ReadPublicKey = (delegate* unmanaged[Cdecl]<nint*, byte**, nint, nint>)module.Find("d2i_PUBKEY");
        WritePublicKey = (delegate* unmanaged[Cdecl]<nint, byte**, int>)module.Find("i2d_PUBKEY");
        ReadPrivateKey = (delegate* unmanaged[Cdecl]<int, nint*, byte**, nint, nint>)module.Find("d2i_PrivateKey");
        FreeKey = (delegate* unmanaged[Cdecl]<nint, void>)module.Find("EVP_PKEY_free");
        _newContext = (delegate* unmanaged[Cdecl]<nint>)module.Find("EVP_MD_CTX_new");
        _freeContext = (delegate* unmanaged[Cdecl]<nint, void>)module.Find("EVP_MD_CTX_free");
        _beginVerify = (delegate* unmanaged[Cdecl]<nint, nint*, nint, nint, nint, int>)module.Find("EVP_DigestVerifyInit");
        _verify = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, byte*, nuint, int>)module.Find("EVP_DigestVerify");
        _beginSign = (delegate* unmanaged[Cdecl]<nint, nint*, nint, nint, nint, int>)module.Find("EVP_DigestSignInit");
        _sign = (delegate* unmanaged[Cdecl]<nint, byte*, nuint*, byte*, nuint, int>)module.Find("EVP_DigestSign");
        _sha256 = (delegate* unmanaged[Cdecl]<nint>)module.Find("EVP_sha256");
        _clearErrors = (delegate* unmanaged[Cdecl]<void>)module.Find("ERR_clear_error");
    }

    /// <summary>The library, or nothing when it cannot be loaded or is older than OpenSSL 1.1.1.</summary>
    public static LibCrypto? Instance { get; } = TryLoad();

    /// <summary>SHA-256, for <see cref="Verify"/> and <see cref="Sign"/>.</summary>
    public nint Sha256 => _sha256();

    /// <summary>
    /// Empties this thread's error queue. .NET's own cryptography reads the same queue, so that an error of ours
    /// left behind could surface there.
    /// </summary>
    public void ClearErrors() => _clearErrors();

    /// <summary>Verifies with a key of OpenSSL's; <paramref name="digest"/> is 0 where the scheme has its own.</summary>
    public bool Verify(nint key, nint digest, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var context = NewContext();
        try
        {
            fixed (byte* messageBytes = NonEmpty(message), signatureBytes = NonEmpty(signature))
            {
                return _beginVerify(context, null, digest, 0, key) == 1
                    && _verify(context, signatureBytes, (nuint)signature.Length, messageBytes, (nuint)message.Length) == 1;
            }
        }
        finally
        {
            _freeContext(context);
            ClearErrors();
        }
    }

    /// <summary>Signs with a key of OpenSSL's and returns the length of the signature, 0 when OpenSSL refuses.</summary>
    public int Sign(nint key, nint digest, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        var context = NewContext();
        try
        {
            var length = (nuint)signature.Length;
            fixed (byte* messageBytes = NonEmpty(message), signatureBytes = signature)
            {
                var signed = _beginSign(context, null, digest, 0, key) == 1
                    && _sign(context, signatureBytes, &length, messageBytes, (nuint)message.Length) == 1;
                return signed ? (int)length : 0;
            }
        }
        finally
        {
            _freeContext(context);
            ClearErrors();
        }
    }

    private static LibCrypto? TryLoad()
    {
        // macOS ends a process that loads libcrypto without a version.
        var module = OperatingSystem.IsWindows()
            ? NativeModule.TryLoad("libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll", "libcrypto-1_1-x64.dll")
            : OperatingSystem.IsMacOS()
                ? NativeModule.TryLoad("libcrypto.3.dylib", "libcrypto.1.1.dylib")
                : NativeModule.TryLoad("libcrypto.so.3", "libcrypto.so.1.1");
        if (module is null)
        {
            return null;
        }

        var library = new LibCrypto(module);
        return module.IsComplete ? library : null;
    }

    // A null pointer for an empty message makes OpenSSL answer with the length that it would need.
    private static ReadOnlySpan<byte> NonEmpty(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? [0] : bytes;

    private nint NewContext()
    {
        var context = _newContext();
        return context != 0 ? context : throw new CryptographicException("OpenSSL could not allocate a context.");
    }
}
