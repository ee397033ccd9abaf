using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Peerstore.CrashHarness;

/// <summary>The process that is killed: backs up, restores, compacts, changes the protection of keys. Does not end by itself.</summary>
internal static class OperatingProcess
{
    /// <param name="folder">Where the files are.</param>
    public static async Task RunAsync(string folder)
    {
        var file = new OperatedFile(folder);
        for (var number = file.Backups.Count(); ; number++)
        {
            await ChangeProtectionAsync(file.Store);
            await PeerstoreFile.BackupAsync(file.Store, file.Backup(number));
            await PeerstoreFile.RestoreAsync(file.Master, file.Restored, overwrite: true);
            await PeerstoreFile.CompactAsync(file.Store, new ManualTimeProvider());
        }
    }

    private static async Task ChangeProtectionAsync(string path)
    {
        var (store, protection) = await OperatedFile.OpenAsync(path);
        await using (store)
        {
            await store.ChangePrivateKeyProtectionAsync(OperatedFile.Protections[1 - protection]);
        }
    }
}
