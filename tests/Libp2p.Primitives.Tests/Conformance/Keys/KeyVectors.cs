namespace Libp2p.Tests;

/// <summary>What go-libp2p answers about keys, as recorded in <c>values/keys.json</c>.</summary>
internal sealed record KeyVectors(
    IReadOnlyList<KeyVectors.Pair> Keys,
    IReadOnlyList<KeyVectors.KeyBytes> PublicKeyBytes,
    IReadOnlyList<KeyVectors.KeyBytes> PrivateKeyBytes,
    IReadOnlyList<KeyVectors.SignatureBytes> Signatures)
{
    private static readonly Lazy<KeyVectors> Loaded = new(() => VectorFile.Read<KeyVectors>("keys.json"));

    public static KeyVectors All => Loaded.Value;

    /// <summary>A key pair with a signature of it.</summary>
    public sealed record Pair(
        string Type,
        byte[] PrivateKey,
        byte[] PublicKey,
        byte[] RawPrivate,
        byte[] RawPublic,
        byte[] Message,
        byte[] Signature,
        bool DeterministicSignature,
        string PeerId);

    /// <summary>Bytes that are a key or not.</summary>
    public sealed record KeyBytes(string About, byte[] Bytes, bool Valid, string? Type, byte[]? Canonical, string? PeerId);

    /// <summary>A signature that is good or not.</summary>
    public sealed record SignatureBytes(string About, string Type, byte[] PublicKey, byte[] Message, byte[] Signature, bool Valid);
}
