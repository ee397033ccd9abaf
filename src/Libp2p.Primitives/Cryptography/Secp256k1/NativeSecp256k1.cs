using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Libp2p;

/// <summary>secp256k1 by libsecp256k1, the library of Bitcoin Core: the fastest here, and deterministic.</summary>
internal sealed unsafe class NativeSecp256k1 : ISecp256k1Provider
{
    // Sign and verify. Newer versions need no flags but take these.
    private const uint ContextFlags = 0x0301;
    private const uint Compressed = 0x0102;
    private const int MaxDerLength = 72;

    private readonly nint _context;
    private readonly delegate* unmanaged[Cdecl]<nint, NativePoint*, byte*, nuint, int> _parsePoint;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint*, NativePoint*, uint, int> _writePoint;
    private readonly delegate* unmanaged[Cdecl]<nint, NativePoint*, byte*, int> _derive;
    private readonly delegate* unmanaged[Cdecl]<nint, NativeSignature*, byte*, nuint, int> _parseSignature;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, nuint*, NativeSignature*, int> _writeSignature;
    private readonly delegate* unmanaged[Cdecl]<nint, NativeSignature*, NativeSignature*, int> _normalize;
    private readonly delegate* unmanaged[Cdecl]<nint, NativeSignature*, byte*, NativePoint*, int> _verify;
    private readonly delegate* unmanaged[Cdecl]<nint, NativeSignature*, byte*, byte*, nint, nint, int> _sign;

    private NativeSecp256k1(NativeModule module)
    {
        var create = (delegate* unmanaged[Cdecl]<uint, nint>)module.Find("secp256k1_context_create");
        var randomize = (delegate* unmanaged[Cdecl]<nint, byte*, int>)module.Find("secp256k1_context_randomize");
        _parsePoint =
                (delegate* unmanaged[Cdecl]<nint, NativePoint*, byte*, nuint, int>)module.Find("secp256k1_ec_pubkey_parse");
        _writePoint =
                (delegate* unmanaged[Cdecl]<nint, byte*, nuint*, NativePoint*, uint, int>)module.Find("secp256k1_ec_pubkey_serialize");
        _derive = (delegate* unmanaged[Cdecl]<nint, NativePoint*, byte*, int>)module.Find("secp256k1_ec_pubkey_create");
        _parseSignature =
                (delegate* unmanaged[Cdecl]<nint, NativeSignature*, byte*, nuint, int>)module.Find("secp256k1_ecdsa_signature_parse_der");
        _writeSignature =
                (delegate* unmanaged[Cdecl]<nint, byte*, nuint*, NativeSignature*, int>)module.Find("secp256k1_ecdsa_signature_serialize_der");
        _normalize =
                (delegate* unmanaged[Cdecl]<nint, NativeSignature*, NativeSignature*, int>)module.Find("secp256k1_ecdsa_signature_normalize");
        _verify =
                (delegate* unmanaged[Cdecl]<nint, NativeSignature*, byte*, NativePoint*, int>)module.Find("secp256k1_ecdsa_verify");
        _sign =
                (delegate* unmanaged[Cdecl]<nint, NativeSignature*, byte*, byte*, nint, nint, int>)module.Find("secp256k1_ecdsa_sign");
        if (module.IsComplete)
        {
            _context = CreateContext(create, randomize);
        }
    }

    public string Name => "libsecp256k1";

    public bool IsDeterministic => true;

    public static NativeSecp256k1? TryLoad()
    {
        var module = NativeModule.TryLoad(
            "libsecp256k1", "secp256k1",
            "libsecp256k1.so.6", "libsecp256k1.so.5", "libsecp256k1.so.2", "libsecp256k1.so.1", "libsecp256k1.so.0");
        if (module is null)
        {
            return null;
        }

        var library = new NativeSecp256k1(module);
        return library._context != 0 ? library : null;
    }

    public bool IsPoint(ReadOnlySpan<byte> point)
    {
        NativePoint parsed;
        fixed (byte* pointBytes = point)
        {
            return _parsePoint(_context, &parsed, pointBytes, (nuint)point.Length) == 1;
        }
    }

    public void DerivePublicKey(ReadOnlySpan<byte> scalar, Span<byte> publicKey)
    {
        NativePoint point;
        var length = (nuint)publicKey.Length;
        fixed (byte* scalarBytes = scalar, publicBytes = publicKey)
        {
            Check(_derive(_context, &point, scalarBytes));
            Check(_writePoint(_context, publicBytes, &length, &point, Compressed));
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> message)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        Span<byte> der = stackalloc byte[MaxDerLength];
        nuint length = MaxDerLength;
        NativeSignature signature;
        fixed (byte* digestBytes = digest, scalarBytes = scalar, derBytes = der)
        {
            Check(_sign(_context, &signature, digestBytes, scalarBytes, 0, 0));
            Check(_writeSignature(_context, derBytes, &length, &signature));
        }

        return der[..(int)length].ToArray();
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        NativePoint point;
        NativeSignature parsed;
        fixed (byte* publicBytes = publicKey, digestBytes = digest, signatureBytes = signature)
        {
            // libsecp256k1 ends the process when it is handed something unparsed, so every step has to have succeeded.
            if (_parsePoint(_context, &point, publicBytes, (nuint)publicKey.Length) != 1
                || _parseSignature(_context, &parsed, signatureBytes, (nuint)signature.Length) != 1)
            {
                return false;
            }

            // It refuses the higher s, which go takes.
            _ = _normalize(_context, &parsed, &parsed);
            return _verify(_context, &parsed, digestBytes, &point) == 1;
        }
    }

    // One context for the life of the process; its use afterwards does not change it, so threads can share it.
    private static nint CreateContext(
        delegate* unmanaged[Cdecl]<uint, nint> create, delegate* unmanaged[Cdecl]<nint, byte*, int> randomize)
    {
        var context = create(ContextFlags);
        if (context == 0)
        {
            return 0;
        }

        // Blinds signing against somebody who measures it.
        Span<byte> seed = stackalloc byte[Secp256k1Curve.FieldBytes];
        RandomNumberGenerator.Fill(seed);
        fixed (byte* seedBytes = seed)
        {
            _ = randomize(context, seedBytes);
        }

        CryptographicOperations.ZeroMemory(seed);
        return context;
    }

    private static void Check(int result)
    {
        if (result != 1)
        {
            throw new CryptographicException("libsecp256k1 could not use the key.");
        }
    }

    [InlineArray(Length)]
    private struct NativePoint
    {
        private const int Length = 64;

        private byte _first;
    }

    [InlineArray(Length)]
    private struct NativeSignature
    {
        private const int Length = 64;

        private byte _first;
    }
}
