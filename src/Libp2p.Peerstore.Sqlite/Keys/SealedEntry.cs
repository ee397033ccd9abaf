using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>A peer's entry as the file holds it: with its private key sealed, where it has one.</summary>
/// <remarks>Section 4 of an entry in memory is section 8 in the file; the rest is the same, and the checksum anew.</remarks>
internal static class SealedEntry
{
    /// <summary>An entry without a section; its checksum is not looked at.</summary>
    private static ReadOnlySpan<byte> EmptyEntry => [EntryFormat.Version, 0, 0, 0, 0];

    private const string WrongChecksum = "the checksum of the entry is wrong";

    /// <summary>Whether there is a section in an entry, which may be damaged.</summary>
    public static bool Has(ReadOnlySpan<byte> entry, EntrySection section) => TryFind(entry, section, out _);

    /// <summary>Whether there is a sealed private key in an entry, and nothing of it is damaged.</summary>
    public static bool IsWholeAndSealed(in PeerId peer, ReadOnlySpan<byte> entry) =>
        Has(entry, EntrySection.SealedPrivateKey) && EntryFormat.IsWhole(peer, entry);

    /// <summary>Seals the private key of an entry; false where there is none, and the entry is as it may be stored.</summary>
    public static bool TrySeal(in PeerId peer, ReadOnlySpan<byte> entry, KeySealer? sealer, EntryBuffer output)
    {
        if (!TryFind(entry, EntrySection.PrivateKey, out var key))
        {
            return false;
        }

        if (sealer is null)
        {
            throw new InvalidOperationException("There is a private key, and nobody said how it is protected.");
        }

        Replace(peer, entry, EntrySection.PrivateKey, (EntrySection.SealedPrivateKey, sealer.Seal(key, peer)), output);
        return true;
    }

    /// <summary>Opens the sealed private key of an entry.</summary>
    /// <param name="peer">Whose entry it is said to be.</param>
    /// <param name="entry">The entry, which has one.</param>
    /// <param name="sealer">What sealed it.</param>
    /// <param name="output">The entry as memory knows it. The caller clears it.</param>
    /// <param name="damage">Why that cannot be.</param>
    public static bool TryOpen(
        in PeerId peer, ReadOnlySpan<byte> entry, KeySealer? sealer, EntryBuffer output, [NotNullWhen(false)] out string? damage)
    {
        damage = WrongChecksum;
        if (!IsWhole(peer, entry))
        {
            return false;
        }

        damage = "the private key cannot be decrypted";
        if (sealer is null
            || !TryFind(entry, EntrySection.SealedPrivateKey, out var stored)
            || !sealer.TryOpen(stored, peer, out var key))
        {
            return false;
        }

        Replace(peer, entry, EntrySection.SealedPrivateKey, (EntrySection.PrivateKey, key), output);
        CryptographicOperations.ZeroMemory(key);
        damage = null;
        return true;
    }

    /// <summary>Leaves the sealed private key of an entry out, so that the rest can be read without what sealed it.</summary>
    /// <param name="peer">Whose entry it is said to be.</param>
    /// <param name="entry">The entry, which has one.</param>
    /// <param name="output">The rest of the entry.</param>
    /// <param name="damage">Why that cannot be.</param>
    public static bool TryLeaveOut(
        in PeerId peer, ReadOnlySpan<byte> entry, EntryBuffer output, [NotNullWhen(false)] out string? damage)
    {
        damage = IsWhole(peer, entry) ? null : WrongChecksum;
        if (damage is not null)
        {
            return false;
        }

        output.Clear();
        output.PutByte(entry[0]);
        var content = new EntryCursor(entry[1..^sizeof(uint)]);
        while (!content.IsAtEnd)
        {
            var section = (EntrySection)content.TakeVarint();
            var body = content.TakeBytes();
            if (section != EntrySection.SealedPrivateKey)
            {
                Put(section, body, output);
            }
        }

        output.PutUInt32(EntryFormat.Checksum(peer, output.Written));
        return true;
    }

    /// <summary>Puts the sealed private key of an entry into another one of its peer, of which nothing else may be left.</summary>
    public static byte[] PutBack(in PeerId peer, ReadOnlySpan<byte> sealedEntry, ReadOnlySpan<byte> rest, EntryBuffer output)
    {
        _ = TryFind(sealedEntry, EntrySection.SealedPrivateKey, out var key);
        var next = (EntrySection.SealedPrivateKey, key.ToArray());
        Replace(peer, rest.IsEmpty ? EmptyEntry : rest, EntrySection.SealedPrivateKey, next, output);
        return output.Written.ToArray();
    }

    /// <summary>Makes of an entry with a key that one sealed the same with a key that another sealed.</summary>
    public static bool TryReseal(in PeerId peer, ReadOnlySpan<byte> entry, KeySealer former, KeySealer next, EntryBuffer output)
    {
        if (!TryFind(entry, EntrySection.SealedPrivateKey, out var stored) || !former.TryReseal(stored, peer, next, out var resealed))
        {
            return false;
        }

        Replace(
            peer, entry, EntrySection.SealedPrivateKey, (EntrySection.SealedPrivateKey, resealed), output);
        return true;
    }

    private static bool IsWhole(in PeerId peer, ReadOnlySpan<byte> entry) =>
        BinaryPrimitives.ReadUInt32LittleEndian(entry[^sizeof(uint)..]) == EntryFormat.Checksum(peer, entry[..^sizeof(uint)]);

    private static bool TryFind(ReadOnlySpan<byte> entry, EntrySection wanted, out ReadOnlySpan<byte> found)
    {
        found = default;
        if (entry.Length < 1 + sizeof(uint))
        {
            return false;
        }

        var content = new EntryCursor(entry[1..^sizeof(uint)]);
        while (!content.IsAtEnd)
        {
            var section = (EntrySection)content.TakeVarint();
            found = content.TakeBytes();
            if (section == wanted && !content.Failed)
            {
                return true;
            }
        }

        return false;
    }

    private static void Replace(
        in PeerId peer, ReadOnlySpan<byte> entry, EntrySection former, (EntrySection Number, byte[] Body) next, EntryBuffer output)
    {
        output.Clear();
        output.PutByte(entry[0]);
        var content = new EntryCursor(entry[1..^sizeof(uint)]);
        var isPut = false;
        while (!content.IsAtEnd)
        {
            var section = (EntrySection)content.TakeVarint();
            var body = content.TakeBytes();
            if (!isPut && section > next.Number)
            {
                isPut = Put(next.Number, next.Body, output);
            }

            _ = section != former && Put(section, body, output);
        }

        _ = isPut || Put(next.Number, next.Body, output);
        output.PutUInt32(EntryFormat.Checksum(peer, output.Written));
    }

    private static bool Put(EntrySection section, ReadOnlySpan<byte> body, EntryBuffer output)
    {
        output.PutSection(section, body.Length);
        output.Put(body);
        return true;
    }
}
