using Libp2p.Peerstore.Faults;
using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;
using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

public sealed class CompactPowerLossTests : IDisposable
{
    private const int Seed = 20261128;
    private const int Stride = 3;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TailFate.Kept)]
    [InlineData(TailFate.Dropped)]
    [InlineData(TailFate.Torn)]
    [InlineData(TailFate.Scattered)]
    public async Task After_a_power_loss_at_any_write_of_a_compaction_all_is_there_that_has_not_ended(TailFate fate)
    {
        await FillAsync();
        _clock.Advance(Sample.Hour);
        File.Copy(_folder.Peers(), _folder.File("before.db"));
        var expected = await ReadAsync(_folder.File("before.db"));
        Assert.Equal(40, expected.Count);

        using var vfs = FaultyVfs.Register();
        var compaction = PeerstoreFile.Compact(_folder.Peers(), _clock.GetUtcNow(), vfs.Name, Token);
        Assert.Equal(40, compaction.PeersDropped);

        using var after = new TemporaryFolder();
        var power = new PowerLoss(vfs.Log.Snapshot());
        while (power.Advance())
        {
            if (power.Position % Stride != 0)
            {
                continue;
            }

            File.Delete(after.File("peers.db-shm"));
            power.WriteTo(after.File(""), fate, Seed + power.Position);
            Assert.Equal(expected, await ReadAsync(after.Peers()));
            Assert.True((await PeerstoreFile.CheckAsync(after.Peers(), Token)).IsClean, $"change {power.Position}, seed {Seed}");
        }
    }

    private async Task FillAsync()
    {
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), timeProvider: _clock, cancellationToken: Token);
        for (var i = 0; i < 80; i++)
        {
            var peer = Sample.NewPeer();
            await store.Addresses.AddAsync(peer, [Sample.Address(i)], i % 2 == 0 ? Sample.Minute : 2 * Sample.Hour, Token);
        }
    }

    private async Task<Dictionary<PeerId, string>> ReadAsync(string path)
    {
        await using var store = await SqlitePeerstore.OpenAsync(path, timeProvider: _clock, cancellationToken: Token);
        Assert.Null(store.SalvagedAtOpening);
        return await StoreImage.ReadAsync(store);
    }
}
