using Libp2p;
using Libp2p.Peerstore;
using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Peerstore.CrashHarness;

/// <summary>The files on which whole-file operations are done, by one process, and looked at, by another.</summary>
/// <param name="folder">Where they are.</param>
internal sealed class OperatedFile(string folder)
{
    /// <summary>Either protects the private keys of the store: which, changes all the time.</summary>
    public static PrivateKeyProtection[] Protections { get; } =
        [PrivateKeyProtection.FromProtector(new KeyAtHand(1)), PrivateKeyProtection.FromProtector(new KeyAtHand(2))];

    /// <summary>The store.</summary>
    public string Store => Path.Combine(folder, "peers.db");

    /// <summary>A backup that was made before it all began.</summary>
    public string Master => Path.Combine(folder, "master.db");

    /// <summary>What is restored from that, again and again.</summary>
    public string Restored => Path.Combine(folder, "restored.db");

    /// <summary>The backups that have their names.</summary>
    public IEnumerable<string> Backups => Directory.GetFiles(folder, "backup-*.db");

    public string Backup(int number) => Path.Combine(folder, $"backup-{number}.db");

    /// <summary>Opens a file with the protection that it has.</summary>
    public static async Task<(SqlitePeerstore Store, int Protection)> OpenAsync(string path)
    {
        try
        {
            return (await OpenAsync(path, 0), 0);
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.WrongPassphrase)
        {
            return (await OpenAsync(path, 1), 1);
        }
    }

    /// <summary>What a file holds; throws where it is not sound.</summary>
    public static async Task<Dictionary<PeerId, string>> ReadAsync(string path)
    {
        var (store, _) = await OpenAsync(path);
        await using (store)
        {
            return store.SalvagedAtOpening is null && store.DamagedAtOpening == 0
                ? await StoreImage.ReadAsync(store)
                : throw new InvalidDataException($"{path}: {store.DamagedAtOpening} damaged, {store.SalvagedAtOpening?.Reason}");
        }
    }

    private static ValueTask<SqlitePeerstore> OpenAsync(string path, int protection) => SqlitePeerstore.OpenAsync(
        path, new() { PrivateKeys = Protections[protection], Store = new() { SweepInterval = TimeSpan.Zero } }, new ManualTimeProvider());
}
