using System.Diagnostics.CodeAnalysis;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>A protector of the application, which is the application's to dispose of.</summary>
internal sealed class ForeignProtection(IPrivateKeyProtector protector) : PrivateKeyProtection
{
    private protected override KeyForm Form => KeyForm.Foreign;

    private protected override byte[] NewSettings() => [];

    private protected override IPrivateKeyProtector Unlock(ReadOnlySpan<byte> settings) => new Borrowed(protector);

    /// <summary>Hides whether the protector can be disposed of.</summary>
    private sealed class Borrowed(IPrivateKeyProtector protector) : IPrivateKeyProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> privateKey, PeerId peer) => protector.Protect(privateKey, peer);

        public bool TryUnprotect(ReadOnlySpan<byte> protectedKey, PeerId peer, [NotNullWhen(true)] out byte[]? privateKey) =>
            protector.TryUnprotect(protectedKey, peer, out privateKey);
    }
}
