using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class KeyChangePowerLossTests
{
    private const int Seed = 20261127;

    private static readonly PrivateKeyProtection Former = PrivateKeyProtection.FromProtector(new XorProtector(1));
    private static readonly PrivateKeyProtection Next = PrivateKeyProtection.FromProtector(new XorProtector(2));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TailFate.Kept)]
    [InlineData(TailFate.Dropped)]
    [InlineData(TailFate.Torn)]
    [InlineData(TailFate.Scattered)]
    public async Task After_a_power_loss_at_any_write_either_protection_unlocks_all_keys_and_the_other_none(TailFate fate)
    {
        using var after = new TemporaryFolder();
        var keys = Enumerable.Range(0, 3).Select(static _ => Sample.NewKey()).ToArray();
        var (changes, begun, ended) = await ChangeAsync(keys);
        var power = new PowerLoss(changes);
        var found = new HashSet<bool>();
        while (power.Advance())
        {
            if (power.Position < begun)
            {
                continue;
            }

            File.Delete(after.File("peers.db-shm"));
            power.WriteTo(after.File(""), fate, Seed + power.Position);
            var isNext = await IsUnlockedByAsync(after, Next, keys);
            Assert.NotEqual(isNext, await IsUnlockedByAsync(after, Former, keys));
            Assert.True(isNext || power.Position < ended, $"the change was lost at {power.Position}, seed {Seed}");
            found.Add(isNext);
        }

        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task A_change_that_could_not_be_synced_may_be_in_the_file_after_a_crash_and_the_error_says_so()
    {
        using var after = new TemporaryFolder();
        var key = Sample.NewKey();
        await using var store = await FaultyStore.OpenAsync(new() { PrivateKeys = Former, Store = new() { SweepInterval = TimeSpan.Zero } });
        await store.Peers.Keys.AddPrivateKeyAsync(PeerId.FromPublicKey(key.PublicKey), key, Token);
        await store.Peers.FlushAsync(Token);
        store.Vfs.Plan.Add(new Fault { Calls = FileCalls.Sync, Files = FileRoles.Wal, UntilHealed = true });

        var error = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await store.Peers.ChangePrivateKeyProtectionAsync(Next, Token));
        Assert.Equal(PeerstoreError.CannotWrite, error.Error);
        Assert.Contains("try both", error.Message, StringComparison.Ordinal);
        foreach (var side in (string[])["", "-wal"])
        {
            File.Copy(store.Path + side, after.Peers() + side);
        }

        Assert.True(await IsUnlockedByAsync(after, Next, [key]));

        // Closing leaves the protection that there was.
        store.Vfs.Plan.Heal();
        await store.ReopenAsync();
        Assert.Equal(key.Encode(), (await store.Peers.Keys.GetPrivateKeyAsync(PeerId.FromPublicKey(key.PublicKey), Token))!.Encode());
    }

    /// <summary>Stores keys, and changes their protection; says what was done to the files, and from when till when.</summary>
    private static async Task<(IReadOnlyList<FileChange> Changes, int Begun, int Ended)> ChangeAsync(PrivateKey[] keys)
    {
        await using var store = await FaultyStore.OpenAsync(new() { PrivateKeys = Former, Store = new() { SweepInterval = TimeSpan.Zero } });
        foreach (var key in keys)
        {
            await store.Peers.Keys.AddPrivateKeyAsync(PeerId.FromPublicKey(key.PublicKey), key, Token);
        }

        await store.Peers.FlushAsync(Token);
        var begun = store.Vfs.Log.Count;
        await store.Peers.ChangePrivateKeyProtectionAsync(Next, Token);
        return (store.Vfs.Log.Snapshot(), begun, store.Vfs.Log.Count);
    }

    private static async Task<bool> IsUnlockedByAsync(TemporaryFolder folder, PrivateKeyProtection protection, PrivateKey[] keys)
    {
        try
        {
            await using var store = await SqlitePeerstore.OpenAsync(folder.Peers(), new() { PrivateKeys = protection }, cancellationToken: Token);
            Assert.Equal(0, store.DamagedAtOpening);
            foreach (var key in keys)
            {
                var stored = await store.Keys.GetPrivateKeyAsync(PeerId.FromPublicKey(key.PublicKey), Token);
                Assert.Equal(key.Encode(), stored!.Encode());
            }

            return true;
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.WrongPassphrase)
        {
            return false;
        }
    }
}
