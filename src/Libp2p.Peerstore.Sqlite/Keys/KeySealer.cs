using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Makes of a private key what is stored, and back. Its first byte says how it is protected.</summary>
/// <remarks>
/// Thread-safe. A change of passphrase is: a sealer begun with the new one, <see cref="TryReseal"/> of every stored key, and
/// <see cref="Parameters"/> in place of the former ones, all in one transaction; from then on the new sealer is used.
/// </remarks>
internal sealed class KeySealer(IPrivateKeyProtector protector, ProtectionParameters parameters) : IDisposable
{
    /// <summary>What the file has to say, beside the keys, so that they can be read again.</summary>
    public byte[] Parameters => parameters.ToArray();

    /// <summary>Protects a key; the caller clears it.</summary>
    public byte[] Seal(ReadOnlySpan<byte> privateKey, PeerId peer) =>
        [(byte)parameters.Form, .. protector.Protect(privateKey, peer)];

    /// <summary>Reads a stored key; the caller clears it.</summary>
    public bool TryOpen(ReadOnlySpan<byte> stored, PeerId peer, [NotNullWhen(true)] out byte[]? privateKey)
    {
        privateKey = null;
        return stored.Length > 0
            && stored[0] == (byte)parameters.Form
            && protector.TryUnprotect(stored[1..], peer, out privateKey);
    }

    /// <summary>Makes of a key that this sealed one that the other sealed. False: it is not one that this sealed.</summary>
    public bool TryReseal(ReadOnlySpan<byte> stored, PeerId peer, KeySealer other, [NotNullWhen(true)] out byte[]? resealed)
    {
        resealed = null;
        if (!TryOpen(stored, peer, out var privateKey))
        {
            return false;
        }

        try
        {
            resealed = other.Seal(privateKey, peer);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    /// <summary>Forgets the derived key.</summary>
    public void Dispose() => (protector as IDisposable)?.Dispose();
}
