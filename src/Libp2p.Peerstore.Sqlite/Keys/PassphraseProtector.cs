using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Encrypts with AES-256-GCM under a key that was derived from a passphrase once.</summary>
/// <remarks>
/// <para>
/// A protected key is a random nonce of 96 bits, the ciphertext, and a tag of 128 bits. The tag covers a text that says what
/// this is, the form, and the peer's ID: a key cannot be moved to another peer, nor the verifier be taken for a key.
/// </para>
/// <para>
/// Random nonces are safe for 2^32 encryptions under one key (NIST SP 800-38D, 8.3), and a peerstore encrypts a key when it
/// is added. GCM does not commit to its key: somebody who knows two passphrases can make a text that both decrypt. That
/// gains nothing here, where whoever could use it knows the passphrases already.
/// </para>
/// </remarks>
internal sealed class PassphraseProtector : IPrivateKeyProtector, IDisposable
{
    public const int NonceLength = 12;

    public const int TagLength = 16;

    private const int KeyLength = 32;

    // Guards: _cipher, whose native state serves one call at a time.
    // Never under the gate: anything but the cipher.
    private readonly Lock _gate = new();
    private readonly AesGcm _cipher;

    private PassphraseProtector(AesGcm cipher) => _cipher = cipher;

    private static ReadOnlySpan<byte> Purpose => "libp2p-peerstore private key\0"u8;

    /// <summary>Derives the key, which takes its time.</summary>
    public static PassphraseProtector Derive(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> settings)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        Rfc2898DeriveBytes.Pbkdf2(
            passphrase,
            PassphraseSettings.Salt(settings),
            key,
            PassphraseSettings.Iterations(settings),
            HashAlgorithmName.SHA512);
        try
        {
            return new(new AesGcm(key, TagLength));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public byte[] Protect(ReadOnlySpan<byte> privateKey, PeerId peer)
    {
        var sealedKey = new byte[NonceLength + privateKey.Length + TagLength];
        var nonce = sealedKey.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        var ciphertext = sealedKey.AsSpan(NonceLength, privateKey.Length);
        var associated = Associate(peer, stackalloc byte[Purpose.Length + 1 + PeerId.MaxLength]);
        lock (_gate)
        {
            _cipher.Encrypt(nonce, privateKey, ciphertext, sealedKey.AsSpan()[^TagLength..], associated);
        }

        return sealedKey;
    }

    public bool TryUnprotect(ReadOnlySpan<byte> protectedKey, PeerId peer, [NotNullWhen(true)] out byte[]? privateKey)
    {
        privateKey = null;
        if (protectedKey.Length < NonceLength + TagLength)
        {
            return false;
        }

        var plain = GC.AllocateUninitializedArray<byte>(protectedKey.Length - NonceLength - TagLength, pinned: true);
        var associated = Associate(peer, stackalloc byte[Purpose.Length + 1 + PeerId.MaxLength]);
        try
        {
            lock (_gate)
            {
                _cipher.Decrypt(
                    protectedKey[..NonceLength], protectedKey[NonceLength..^TagLength], protectedKey[^TagLength..], plain, associated);
            }
        }
        catch (AuthenticationTagMismatchException)
        {
            // The answer to what was stored, and not an error: the caller says which of the possible ones it is.
            return false;
        }

        privateKey = plain;
        return true;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _cipher.Dispose();
        }
    }

    private static ReadOnlySpan<byte> Associate(PeerId peer, Span<byte> buffer)
    {
        Purpose.CopyTo(buffer);
        buffer[Purpose.Length] = (byte)KeyForm.Passphrase;
        peer.Bytes.CopyTo(buffer[(Purpose.Length + 1)..]);
        return buffer[..(Purpose.Length + 1 + peer.Length)];
    }
}
