using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>
/// What a file says of the protection of its private keys: the form, its settings, and an encrypted text by which the right
/// passphrase is recognised. The bytes are described in <c>docs/formats/private-keys.md</c>.
/// </summary>
internal sealed class ProtectionParameters(KeyForm form, byte[] settings, byte[] verifier)
{
    private const byte Version = 1;
    private const int HeaderLength = 2;
    private const int ChecksumLength = 4;
    private const int MaxForeignVerifier = 64 * 1024;

    /// <summary>What the verifier decrypts to.</summary>
    public static ReadOnlySpan<byte> VerifiedText => "libp2p-peerstore"u8;

    public KeyForm Form => form;

    public ReadOnlySpan<byte> Settings => settings;

    /// <summary>Whether a reader accepts them.</summary>
    public bool CanBeStored => Check(ToArray()) is null;

    /// <summary>Reads what stands in a file.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> stored, [NotNullWhen(true)] out ProtectionParameters? parameters, [NotNullWhen(false)] out string? damage)
    {
        parameters = null;
        damage = Check(stored);
        if (damage is not null)
        {
            return false;
        }

        var form = (KeyForm)stored[1];
        var body = stored[HeaderLength..^ChecksumLength];
        var settings = form is KeyForm.Passphrase ? PassphraseSettings.Length : 0;
        parameters = new(form, body[..settings].ToArray(), body[settings..].ToArray());
        return true;
    }

    public byte[] ToArray()
    {
        byte[] bytes = [Version, (byte)form, .. settings, .. verifier, 0, 0, 0, 0];
        WriteChecksum(bytes.AsSpan(..^ChecksumLength), bytes.AsSpan(^ChecksumLength..));
        return bytes;
    }

    public bool IsVerifiedBy(IPrivateKeyProtector protector) =>
        protector.TryUnprotect(verifier, default, out var text) && text.AsSpan().SequenceEqual(VerifiedText);

    private static string? Check(ReadOnlySpan<byte> stored)
    {
        if (stored.Length < HeaderLength + ChecksumLength)
        {
            return "they are cut off";
        }

        // Without a key: only so that damage is not reported as a wrong passphrase.
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        WriteChecksum(stored[..^ChecksumLength], checksum);
        if (!checksum.SequenceEqual(stored[^ChecksumLength..]))
        {
            return "the checksum is wrong";
        }

        if (stored[0] != Version)
        {
            return $"their version is {stored[0]}, known is {Version}";
        }

        var body = stored[HeaderLength..^ChecksumLength];
        return (KeyForm)stored[1] switch
        {
            KeyForm.Clear => body.IsEmpty ? null : "there is something behind them",
            KeyForm.Passphrase => CheckPassphrase(body),
            KeyForm.Foreign => body.Length is > 0 and <= MaxForeignVerifier ? null : "the verifier has a wrong length",
            _ => $"the form {stored[1]} is unknown",
        };
    }

    private static string? CheckPassphrase(ReadOnlySpan<byte> body)
    {
        const int VerifierLength = PassphraseProtector.NonceLength + 16 + PassphraseProtector.TagLength;
        if (body.Length != PassphraseSettings.Length + VerifierLength)
        {
            return "they have a wrong length";
        }

        return PassphraseSettings.IsAllowed(body[..PassphraseSettings.Length])
            ? null
            : $"the count of iterations is not between {PassphraseSettings.MinIterations} and {PassphraseSettings.MaxIterations}";
    }

    private static void WriteChecksum(ReadOnlySpan<byte> bytes, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        hash[..ChecksumLength].CopyTo(checksum);
    }
}
