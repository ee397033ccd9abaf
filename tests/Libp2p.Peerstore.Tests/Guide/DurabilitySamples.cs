using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public class DurabilitySamples
{
    [Fact]
    public async Task A_maximum_for_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Peers();
        #region durability-maximum
        var options = new SqlitePeerstoreOptions { MaxFileBytes = 100_000_000 };
        await using var store = await SqlitePeerstore.OpenAsync(path, options);
        #endregion

        Assert.Null(store.WriteFailure);
    }

    [Fact]
    public async Task Opening_flushing_and_changing_the_passphrase()
    {
        using var folder = new TemporaryFolder();
        var (path, passphrase, newPassphrase) = (folder.Peers(), "correct horse", "battery staple");
        var progress = new Progress<OpeningProgress>();
        var (peer, addresses) = (Sample.NewPeer(), new[] { Sample.Tcp });
        var log = new List<string>();
        var logger = log.Add;
        #region durability-opening
        await using var store = await SqlitePeerstore.OpenAsync(path, new SqlitePeerstoreOptions
        {
            Durability = Durability.OnAcknowledge,
            PrivateKeys = PrivateKeyProtection.FromPassphrase(passphrase),
            Progress = progress, // Told how many peers were read.
        });
        await store.Addresses.AddAsync(peer, addresses, AddressTtl.Address); // On the disk.
        #endregion

        Assert.Equal(1, folder.Count("SELECT count(*) FROM peer"));
        #region durability-salvage
        if (store.SalvagedAtOpening is { } salvage)
        {
            logger($"{salvage.Reason}; {salvage.Peers} peers were saved, the damaged file is {salvage.DamagedFile}");
        }
        #endregion

        #region durability-flushing
        try
        {
            await store.FlushAsync();
        }
        catch (PeerstoreException e) when (e.Error == PeerstoreError.CannotWrite)
        {
            logger($"{store.DirtyPeers} peers are not on the disk yet: {e.Message}");
        }
        #endregion

        Assert.Empty(log);
        var before = folder.Count("SELECT hex(value) = '' FROM meta WHERE name = 'private-keys'");
        #region durability-passphrase
        await store.ChangePrivateKeyProtectionAsync(PrivateKeyProtection.FromPassphrase(newPassphrase));
        #endregion

        Assert.Equal(0, before);
        await store.DisposeAsync();
        using var protection = PrivateKeyProtection.FromPassphrase(newPassphrase);
        await using var again = await SqlitePeerstore.OpenAsync(path, new() { PrivateKeys = protection });
        Assert.Single(await again.Addresses.GetAsync(peer));
    }

    [Fact]
    public async Task Going_to_another_store()
    {
        using var folder = new TemporaryFolder();
        var export = folder.File("peers.export");
        var log = new List<string>();
        var logger = log.Add;
        await using var store = await SqlitePeerstore.OpenAsync(folder.Peers());
        await using var other = MemoryPeerstore.Create();
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], AddressTtl.Address);
        #region durability-export
        await using (var file = File.Create(export))
        {
            await PeerstoreExport.WriteAsync(store, file); // Without private keys: PrivateKeysInClear writes them.
        }

        await using var input = File.OpenRead(export);
        var report = await PeerstoreImport.ReadAsync(other, input);
        logger($"{report.Changed} of {report.Entries} peers, {report.Problems.Count} problems");
        #endregion

        Assert.Equal(["1 of 1 peers, 0 problems"], log);
    }
}
