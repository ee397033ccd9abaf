using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>What a key is derived with besides the passphrase: a salt, and how often. Stands in the file, in clear.</summary>
internal static class PassphraseSettings
{
    /// <summary>OWASP's Password Storage Cheat Sheet for PBKDF2 with HMAC-SHA-512, as of 2025.</summary>
    public const int DefaultIterations = 220_000;

    /// <summary>What that sheet said from 2023 on. Less is refused in a file too: who can write it must not make the passphrase cheap to guess.</summary>
    public const int MinIterations = 210_000;

    /// <summary>A few seconds. More is refused in a file: who can write it must not stop the start of its reader.</summary>
    public const int MaxIterations = 5_000_000;

    public const int SaltLength = 16;

    public const int Length = SaltLength + sizeof(uint);

    public static byte[] New(int iterations)
    {
        var settings = new byte[Length];
        RandomNumberGenerator.Fill(settings.AsSpan(0, SaltLength));
        BinaryPrimitives.WriteInt32LittleEndian(settings.AsSpan(SaltLength), iterations);
        return settings;
    }

    public static bool IsAllowed(ReadOnlySpan<byte> settings) =>
        settings.Length == Length && Iterations(settings) is >= MinIterations and <= MaxIterations;

    public static ReadOnlySpan<byte> Salt(ReadOnlySpan<byte> settings) => settings[..SaltLength];

    public static int Iterations(ReadOnlySpan<byte> settings) => BinaryPrimitives.ReadInt32LittleEndian(settings[SaltLength..]);
}
