using System.Security.Cryptography;
using System.Text;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>A passphrase, held until it is cleared.</summary>
internal sealed class PassphraseProtection : PrivateKeyProtection
{
    // Guards: _passphrase, which is cleared while a store may be opening. Held while a key is derived: clearing waits.
    private readonly Lock _gate = new();
    private readonly int _iterations;
    private byte[]? _passphrase;

    public PassphraseProtection(ReadOnlySpan<char> passphrase, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, PassphraseSettings.MinIterations);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, PassphraseSettings.MaxIterations);
        if (passphrase.IsEmpty)
        {
            throw new ArgumentException("An empty passphrase protects nothing.", nameof(passphrase));
        }

        // Pinned, so that the collector leaves no copies behind when it moves things.
        _passphrase = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(passphrase), pinned: true);
        Encoding.UTF8.GetBytes(passphrase, _passphrase);
        _iterations = iterations;
    }

    private protected override KeyForm Form => KeyForm.Passphrase;

    private protected override byte[] NewSettings() => PassphraseSettings.New(_iterations);

    private protected override IPrivateKeyProtector Unlock(ReadOnlySpan<byte> settings)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_passphrase is null, typeof(PrivateKeyProtection));
            return PassphraseProtector.Derive(_passphrase, settings);
        }
    }

    private protected override void Clear()
    {
        lock (_gate)
        {
            CryptographicOperations.ZeroMemory(_passphrase);
            _passphrase = null;
        }
    }
}
