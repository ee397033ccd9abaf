namespace Libp2p.Peerstore.Sqlite;

/// <summary>The opt-out.</summary>
internal sealed class ClearProtection : PrivateKeyProtection
{
    private protected override KeyForm Form => KeyForm.Clear;

    private protected override byte[] NewSettings() => [];

    private protected override IPrivateKeyProtector Unlock(ReadOnlySpan<byte> settings) => new Protector();

    private sealed class Protector : IPrivateKeyProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> privateKey, PeerId peer) => privateKey.ToArray();

        public bool TryUnprotect(ReadOnlySpan<byte> protectedKey, PeerId peer, out byte[] privateKey)
        {
            privateKey = protectedKey.ToArray();
            return true;
        }
    }
}
