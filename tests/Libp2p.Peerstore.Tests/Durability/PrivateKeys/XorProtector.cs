using System.Diagnostics.CodeAnalysis;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>An application's protector that protects nothing, but tells its keys from another's.</summary>
internal sealed class XorProtector(byte secret) : IPrivateKeyProtector, IDisposable
{
    public bool IsDisposed { get; private set; }

    public byte[] Protect(ReadOnlySpan<byte> privateKey, PeerId peer) =>
        [secret, (byte)peer.GetHashCode(), .. privateKey.ToArray().Select(value => (byte)(value ^ secret))];

    public bool TryUnprotect(ReadOnlySpan<byte> protectedKey, PeerId peer, [NotNullWhen(true)] out byte[]? privateKey)
    {
        var isOurs = protectedKey.Length > 1 && protectedKey[0] == secret && protectedKey[1] == (byte)peer.GetHashCode();
        privateKey = isOurs ? [.. protectedKey[2..].ToArray().Select(value => (byte)(value ^ secret))] : null;
        return isOurs;
    }

    public void Dispose() => IsDisposed = true;
}
