using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Libp2p;
using Libp2p.Peerstore.Sqlite;

namespace Peerstore.CrashHarness;

/// <summary>A protector with a key that needs not be derived, so that a file can be opened thousands of times.</summary>
/// <param name="secret">What the key is made of; anybody can do so.</param>
public sealed class KeyAtHand(int secret) : IPrivateKeyProtector, IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // Guards: _cipher, whose native state serves one call at a time.
    private readonly Lock _gate = new();
    private readonly AesGcm _cipher = new(SHA256.HashData(BitConverter.GetBytes(secret)), TagLength);

    /// <inheritdoc/>
    public byte[] Protect(ReadOnlySpan<byte> privateKey, PeerId peer)
    {
        var sealedKey = new byte[NonceLength + privateKey.Length + TagLength];
        RandomNumberGenerator.Fill(sealedKey.AsSpan(0, NonceLength));
        lock (_gate)
        {
            _cipher.Encrypt(
                sealedKey.AsSpan(0, NonceLength), privateKey, sealedKey.AsSpan(NonceLength, privateKey.Length), sealedKey.AsSpan(^TagLength..), peer.ToArray());
        }

        return sealedKey;
    }

    /// <inheritdoc/>
    public bool TryUnprotect(ReadOnlySpan<byte> protectedKey, PeerId peer, [NotNullWhen(true)] out byte[]? privateKey)
    {
        privateKey = null;
        if (protectedKey.Length < NonceLength + TagLength)
        {
            return false;
        }

        var plain = new byte[protectedKey.Length - NonceLength - TagLength];
        try
        {
            lock (_gate)
            {
                _cipher.Decrypt(
                    protectedKey[..NonceLength], protectedKey[NonceLength..^TagLength], protectedKey[^TagLength..], plain, peer.ToArray());
            }
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        privateKey = plain;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();
}
