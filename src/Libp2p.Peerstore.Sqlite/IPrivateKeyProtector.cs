using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Encrypts private keys before they are written to a file, and decrypts what is read.</summary>
/// <remarks>
/// For a secret that lies elsewhere: with the operating system, in a hardware module, with a service. Who has a passphrase
/// needs none, see <see cref="PrivateKeyProtection.FromPassphrase"/>. Called from any thread, several at a time. Whoever makes
/// one disposes of it; a store does not.
/// </remarks>
public interface IPrivateKeyProtector
{
    /// <summary>Encrypts a key so that only this peer's can be made of it again.</summary>
    /// <param name="privateKey">The key. Not to be kept: the caller clears it.</param>
    /// <param name="peer">
    /// Whose key it is; <c>default</c> for a text by which a store recognises that a file belongs to the protector. It is to
    /// be authenticated with the key, so that one peer's cannot be passed off as another's.
    /// </param>
    byte[] Protect(ReadOnlySpan<byte> privateKey, PeerId peer);

    /// <summary>Decrypts what <see cref="Protect"/> gave for the same peer.</summary>
    /// <param name="protectedKey">What was stored. It may be damaged, or made by somebody else: that is no exception.</param>
    /// <param name="peer">Whose key it is to be.</param>
    /// <param name="privateKey">The key, in an array of its own that the caller clears.</param>
    /// <returns>Whether it is this peer's key, and undamaged.</returns>
    bool TryUnprotect(ReadOnlySpan<byte> protectedKey, PeerId peer, [NotNullWhen(true)] out byte[]? privateKey);
}
