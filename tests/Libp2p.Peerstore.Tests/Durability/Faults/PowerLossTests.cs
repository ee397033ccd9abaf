using Libp2p.Peerstore.Faults;

namespace Libp2p.Peerstore.Tests;

public sealed class PowerLossTests : IDisposable
{
    private const string Wal = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8";
    private const string WalWithoutSync = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8";
    private const string Rollback = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA";
    private const string RollbackWithoutFolder = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL";
    private const int Seed = 20261126;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _after = new();
    private readonly FaultyVfs _vfs = FaultyVfs.Register();

    public void Dispose()
    {
        _vfs.Dispose();
        _folder.Dispose();
        _after.Dispose();
    }

    [Theory]
    [InlineData(Wal, TailFate.Kept)]
    [InlineData(Wal, TailFate.Dropped)]
    [InlineData(Wal, TailFate.Torn)]
    [InlineData(Wal, TailFate.Scattered)]
    [InlineData(Rollback, TailFate.Kept)]
    [InlineData(Rollback, TailFate.Dropped)]
    [InlineData(Rollback, TailFate.Torn)]
    [InlineData(Rollback, TailFate.Scattered)]
    public void After_a_power_loss_at_any_write_every_committed_transaction_is_there_and_none_in_part(string pragmas, TailFate fate)
    {
        var lost = Replay(Run(pragmas), fate);
        Assert.Equal(0, lost);
    }

    [Theory]
    [InlineData(WalWithoutSync)]
    [InlineData(RollbackWithoutFolder)]
    public void What_is_committed_without_a_sync_is_found_to_be_lost(string pragmas)
    {
        var database = Run(pragmas);
        Assert.InRange(Replay(database, TailFate.Dropped), 1, int.MaxValue);
        Assert.Equal(0, Replay(database, TailFate.Kept));
    }

    [Fact]
    public void The_same_seed_leaves_the_same_files()
    {
        var database = Run(Wal);
        var changes = database.Vfs.Log.Snapshot();
        var power = new PowerLoss(changes);
        while (power.Position < changes.Count / 2 && power.Advance())
        {
        }

        // One more than a sync: something must be at stake.
        while (power.Advance() && changes[power.Position - 1].Kind is FileChangeKind.Synced)
        {
        }

        power.WriteTo(_after.File(""), TailFate.Scattered, seed: 1);
        var first = Contents();
        power.WriteTo(_after.File(""), TailFate.Scattered, seed: 1);
        Assert.Equal(first, Contents());
        Assert.Contains(Enumerable.Range(2, 10), seed =>
        {
            power.WriteTo(_after.File(""), TailFate.Scattered, seed);
            return !first.SequenceEqual(Contents());
        });
    }

    private byte[] Contents() =>
        [.. Directory.GetFiles(_after.File("")).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes)];

    private CountedDatabase Run(string pragmas)
    {
        using var database = new CountedDatabase(_vfs, _folder.File("peers.db"), pragmas);
        for (var i = 0; i < 12; i++)
        {
            database.Commit();
        }

        return database;
    }

    /// <summary>Lets the power go after each change.</summary>
    /// <returns>After how many of them a transaction was missing that had been committed.</returns>
    private int Replay(CountedDatabase database, TailFate fate)
    {
        var lost = 0;
        var power = new PowerLoss(database.Vfs.Log.Snapshot());
        while (power.Advance())
        {
            File.Delete(_after.File("peers.db-shm"));
            power.WriteTo(_after.File(""), fate, Seed + power.Position);
            var committed = database.CommittedAt(power.Position);
            var found = File.Exists(_after.File("peers.db")) ? CountedDatabase.CountIn(_after.File("peers.db")) : -1;
            Assert.True(found <= committed + 1, $"{found} found, {committed} committed, seed {Seed}, change {power.Position}");
            lost += found < committed ? 1 : 0;
        }

        return lost;
    }
}
