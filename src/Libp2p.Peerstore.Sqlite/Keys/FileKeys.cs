using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>How the private keys of a file are sealed: what it says itself, and a change of it.</summary>
internal static class FileKeys
{
    /// <summary>Unlocks the keys of a file, or begins to protect it.</summary>
    /// <returns>Null where the file has no private keys, and is to take none.</returns>
    /// <exception cref="PeerstoreException">They are protected in another way, by another secret, or by one whose salt is lost.</exception>
    public static KeySealer? Open(SqliteConnection connection, string path, PrivateKeyProtection? protection)
    {
        var stored = Read(connection);
        if (protection is not null && stored.Length > 0)
        {
            return protection.Open(path, stored);
        }

        if (protection is not null)
        {
            if (HasSealed(connection))
            {
                // A new salt would make any passphrase the right one, and every key one that cannot be decrypted.
                throw Lost(path);
            }

            var sealer = protection.Begin();
            Write(connection, sealer.Parameters);
            return sealer;
        }

        if (stored.Length == 0)
        {
            return null;
        }

        // Who opted out when the file was made need not do so again for what is in it.
        return ProtectionParameters.TryRead(stored, out var parameters, out _) && parameters.Form != KeyForm.Clear
            ? throw new PeerstoreException(
                PeerstoreError.KeyProtection,
                $"The private keys in {path} are protected: {nameof(SqlitePeerstoreOptions)}.{nameof(SqlitePeerstoreOptions.PrivateKeys)} has to say how they are unlocked.")
            : PrivateKeyProtection.StoreInClear.Open(path, stored);
    }

    /// <summary>What is to be said of a file with private keys that does not say how they are sealed.</summary>
    public static PeerstoreException Lost(string path) => new(
        PeerstoreError.Damaged,
        $"The parameters of the private keys in {path} are lost, without which nobody can decrypt them; a backup may have them. Nothing was changed.");

    /// <summary>Whether a file does not say, or not legibly, how its private keys are sealed.</summary>
    public static bool AreParametersMissing(SqliteConnection connection) =>
        !ProtectionParameters.TryRead(MetaTable.Read(connection, MetaTable.PrivateKeys), out _, out _)
        && !ProtectionParameters.TryRead(MetaTable.Read(connection, MetaTable.PrivateKeysCopy), out _, out _);

    /// <summary>Whether there are sealed private keys in a file that does not say how they are sealed.</summary>
    public static bool AreLost(SqliteConnection connection) => AreParametersMissing(connection) && HasSealed(connection);

    /// <summary>Seals all keys in the file anew, in one transaction with what says how.</summary>
    /// <exception cref="PeerstoreException">One cannot be decrypted; nothing was changed.</exception>
    public static void Change(SqliteConnection connection, KeySealer? former, KeySealer next)
    {
        using var transaction = connection.BeginTransaction();
        var resealed = former is null ? [] : Reseal(connection, former, next);
        using (var update = new Statement(connection, "UPDATE peer SET entry = ?2 WHERE id = ?1"))
        {
            foreach (var (id, entry) in resealed)
            {
                update.Bind(1, id).Bind(2, entry).Run();
            }
        }

        Write(connection, next.Parameters);
        transaction.Commit();
    }

    /// <summary>What the file says: of its two copies the one that is undamaged, and as the second the first.</summary>
    private static byte[] Read(SqliteConnection connection)
    {
        var stored = MetaTable.Read(connection, MetaTable.PrivateKeys);
        var copy = MetaTable.Read(connection, MetaTable.PrivateKeysCopy);
        if (stored.AsSpan().SequenceEqual(copy))
        {
            return stored;
        }

        var isGood = ProtectionParameters.TryRead(stored, out _, out _);
        if (!isGood && !ProtectionParameters.TryRead(copy, out _, out _))
        {
            return stored.Length > 0 ? stored : copy;
        }

        var good = isGood ? stored : copy;
        Write(connection, good);
        return good;
    }

    /// <summary>Whether a file has a private key that is sealed. Reads all of it where there is none.</summary>
    private static bool HasSealed(SqliteConnection connection)
    {
        using var rows = new Statement(connection, "SELECT id, entry FROM peer");
        while (rows.Read())
        {
            if (PeerId.TryDecode(rows.Blob(0), out var peer) && SealedEntry.IsWholeAndSealed(peer, rows.Blob(1)))
            {
                return true;
            }
        }

        return false;
    }

    private static List<(byte[] Id, byte[] Entry)> Reseal(SqliteConnection connection, KeySealer former, KeySealer next)
    {
        var resealed = new List<(byte[] Id, byte[] Entry)>();
        var output = new EntryBuffer();
        using var rows = new Statement(connection, "SELECT id, entry FROM peer");
        while (rows.Read())
        {
            var id = rows.Blob(0);
            var entry = rows.Blob(1);
            if (!SealedEntry.Has(entry, EntrySection.SealedPrivateKey))
            {
                continue;
            }

            if (!PeerId.TryDecode(id, out var peer) || !SealedEntry.TryReseal(peer, entry, former, next, output))
            {
                throw new PeerstoreException(
                    PeerstoreError.Damaged, $"The private key of peer {Convert.ToHexString(id)} cannot be decrypted; nothing was changed.");
            }

            resealed.Add((id.ToArray(), output.Written.ToArray()));
        }

        return resealed;
    }

    private static void Write(SqliteConnection connection, ReadOnlySpan<byte> parameters)
    {
        using var set = MetaTable.PrepareSet(connection);
        set.Bind(1, MetaTable.PrivateKeys).Bind(2, parameters).Run();
        set.Bind(1, MetaTable.PrivateKeysCopy).Bind(2, parameters).Run();
    }
}
