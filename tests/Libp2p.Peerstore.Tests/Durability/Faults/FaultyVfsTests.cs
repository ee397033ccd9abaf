using Libp2p.Peerstore.Faults;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class FaultyVfsTests : IDisposable
{
    private const string Wal = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8";
    private const string Rollback = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA";
    private const int Full = 13;
    private const int IoErrorSync = 10 | (4 << 8);

    private readonly TemporaryFolder _folder = new();
    private readonly FaultyVfs _vfs = FaultyVfs.Register();

    private string Path => _folder.File("peers.db");

    public void Dispose()
    {
        _vfs.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Wal)]
    [InlineData(Rollback)]
    public void The_log_replayed_as_a_whole_gives_the_files(string pragmas)
    {
        using (var database = new CountedDatabase(_vfs, Path, pragmas))
        {
            Commit(database, 20);
        }

        using var replayed = new TemporaryFolder();
        new PowerLoss(_vfs.Log.Snapshot()).AdvanceToEnd().WriteTo(replayed.File(""), TailFate.Kept);
        Assert.Equal(["peers.db"], Directory.GetFiles(replayed.File("")).Select(System.IO.Path.GetFileName));
        Assert.Equal(File.ReadAllBytes(Path), File.ReadAllBytes(replayed.File("peers.db")));
        Assert.Equal(20, CountedDatabase.CountIn(Path));
    }

    [Fact]
    public void A_file_that_was_there_before_is_in_the_log_as_it_was_found()
    {
        using (var other = FaultyVfs.Register())
        using (var database = new CountedDatabase(other, Path, Wal))
        {
            Commit(database, 3);
        }

        var before = File.ReadAllBytes(Path);
        using (var database = new CountedDatabase(_vfs, Path, Wal))
        {
            Commit(database, 3);
        }

        var changes = _vfs.Log.Snapshot();
        Assert.Equal(FileChangeKind.Found, changes[0].Kind);
        Assert.Equal(before, changes[0].Content.ToArray());
        using var replayed = new TemporaryFolder();
        new PowerLoss(changes).AdvanceToEnd().WriteTo(replayed.File(""), TailFate.Dropped);
        Assert.Equal(6, CountedDatabase.CountIn(replayed.File("peers.db")));
    }

    [Theory]
    [InlineData(FileCalls.Write, Full)]
    [InlineData(FileCalls.Write, null)]
    [InlineData(FileCalls.Sync, null)]
    [InlineData(FileCalls.Write | FileCalls.Sync, 8)]
    public void A_fault_surfaces_as_an_exception_and_ends_when_it_is_healed(FileCalls calls, int? result)
    {
        using var database = new CountedDatabase(_vfs, Path, Wal);
        database.Commit();
        _vfs.Plan.Add(new() { Calls = calls, Files = FileRoles.Wal, UntilHealed = true, Result = result });
        for (var i = 0; i < 3; i++)
        {
            var error = Assert.Throws<SqliteException>(database.Commit);
            Assert.Equal(result ?? (calls == FileCalls.Sync ? IoErrorSync : 10 | (3 << 8)), error.SqliteExtendedErrorCode);
        }

        Assert.Equal(1, database.Connection.Count("SELECT value FROM counter"));
        _vfs.Plan.Heal();
        database.Commit();
        Assert.Equal(2, database.Connection.Count("SELECT value FROM counter"));
    }

    [Fact]
    public void Only_the_call_that_is_meant_fails()
    {
        using var database = new CountedDatabase(_vfs, Path, Wal);
        _vfs.Plan.Add(new() { Calls = FileCalls.Sync, Files = FileRoles.Wal, Nth = 3 });
        Commit(database, 2);
        Assert.Equal(IoErrorSync, Assert.Throws<SqliteException>(database.Commit).SqliteExtendedErrorCode);
        Commit(database, 2);
        Assert.Equal(1, _vfs.Plan.Hits);
        Assert.Equal(4, database.Connection.Count("SELECT value FROM counter"));
    }

    [Fact]
    public void A_torn_write_leaves_its_beginning_and_a_database_that_goes_on()
    {
        using (var database = new CountedDatabase(_vfs, Path, Wal))
        {
            database.Commit();
            _vfs.Plan.Add(new() { Calls = FileCalls.Write, Files = FileRoles.Wal, Nth = 2, TornAfter = 100, Result = Full });
            Assert.Equal(Full, Assert.Throws<SqliteException>(database.Commit).SqliteErrorCode);
            Assert.Equal(100, _vfs.Log.Snapshot()[^1].Content.Length);
            database.Commit();
        }

        Assert.Equal(2, CountedDatabase.CountIn(Path));
    }

    [Fact]
    public void An_error_at_any_call_of_a_run_is_told_and_loses_nothing()
    {
        var calls = RunWith(fault: null).Calls;
        Assert.InRange(calls, 100, 2000);
        var told = 0;
        for (var nth = 1; nth <= calls; nth++)
        {
            var (_, committed, failed) = RunWith(new() { Nth = nth });
            told += failed ? 1 : 0;
            Assert.InRange(CountedDatabase.CountIn(Path), committed, committed + 1);
        }

        // Some need not be told: SQLite tries a checkpoint again, and can do without a hint.
        Assert.InRange(told, calls / 2, calls);
    }

    [Fact]
    public async Task A_call_waits_at_a_gate_until_the_test_lets_it_go_on()
    {
        using var gate = new ManualResetEvent(initialState: false);
        using var database = new CountedDatabase(_vfs, Path, Wal);
        _vfs.Plan.Add(new() { Calls = FileCalls.Sync, Files = FileRoles.Wal, Gate = gate, Result = SqliteCode.Ok });
        var hits = _vfs.Plan.Hits;
        var commit = Task.Run(database.Commit, TestContext.Current.CancellationToken);
        SpinWait.SpinUntil(() => _vfs.Plan.Hits > hits);
        Assert.False(commit.IsCompleted);
        gate.Set();
        await commit;
        Assert.Equal(1, database.Connection.Count("SELECT value FROM counter"));
    }

    [Fact]
    public void Opening_can_fail()
    {
        _vfs.Plan.Add(new() { Calls = FileCalls.Open, UntilHealed = true });
        var error = Assert.Throws<SqliteException>(() => new CountedDatabase(_vfs, Path, Wal));
        Assert.Equal(SqliteCode.CannotOpen, error.SqliteErrorCode);
        _vfs.Plan.Heal();
        using var database = new CountedDatabase(_vfs, Path, Wal);
        database.Commit();
    }

    [Fact]
    public void A_file_system_in_use_is_not_taken_back()
    {
        var vfs = FaultyVfs.Register();
        using (new CountedDatabase(vfs, Path, Wal))
        {
            Assert.Throws<InvalidOperationException>(vfs.Dispose);
        }

        vfs.Dispose();
        vfs.Dispose();
    }

    private static void Commit(CountedDatabase database, int times)
    {
        for (var i = 0; i < times; i++)
        {
            database.Commit();
        }
    }

    /// <summary>A short life of a database from nothing, which ends at the first error.</summary>
    private (long Calls, int Committed, bool Failed) RunWith(Fault? fault)
    {
        foreach (var side in (string[])["", "-wal", "-shm", "-journal"])
        {
            File.Delete(Path + side);
        }

        using var vfs = FaultyVfs.Register();
        if (fault is not null)
        {
            vfs.Plan.Add(fault);
        }

        var committed = -1;
        try
        {
            using var database = new CountedDatabase(vfs, Path, Wal);
            committed = 0;
            for (var i = 0; i < 6; i++)
            {
                database.Commit();
                committed++;
            }

            database.Connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return (vfs.Plan.Calls, committed, Failed: false);
        }
        catch (SqliteException)
        {
            return (vfs.Plan.Calls, committed, Failed: true);
        }
    }
}
