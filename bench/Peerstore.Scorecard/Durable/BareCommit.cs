using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Peerstore.Scorecard.Data;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;
using SQLitePCL;

namespace Peerstore.Scorecard.Durable;

/// <summary>What one transaction costs at the least: one row, committed to a file of its own with the table and pragmas of the store's.</summary>
/// <remarks>Prepared once, stepped from then on: SQLite and the disk, and nothing else. Keys are random, as IDs are.</remarks>
internal sealed class BareCommit : IDisposable
{
    private const int Commits = 101;
    private const int RowBytes = 300;
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _commit;
    private readonly byte[] _id = new byte[WireBytes.IdLength];
    private readonly byte[] _row;
    private SplitMix64 _chance = new(11);

    /// <summary>Makes the file.</summary>
    /// <param name="path">A file that does not exist, on the disk in question.</param>
    /// <param name="rowBytes">The bytes of a row without its key.</param>
    public BareCommit(string path, int rowBytes)
    {
        _row = new byte[rowBytes];
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using (var command = _connection.CreateCommand())
        {
            command.CommandText = """
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA mmap_size = 0;
                PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192;
                CREATE TABLE rows (id BLOB NOT NULL PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID;
                """;
            command.ExecuteNonQuery();
        }

        _begin = Prepare("BEGIN IMMEDIATE");
        _insert = Prepare("INSERT INTO rows VALUES (?1, ?2)");
        _commit = Prepare("COMMIT");
    }

    /// <summary>Measures it alone.</summary>
    /// <param name="path">A file that does not exist, on the disk in question.</param>
    public static CommitLine Measure(string path)
    {
        using var bare = new BareCommit(path, RowBytes);
        List<double> times = [];
        for (var i = 0; i < Commits; i++)
        {
            var start = Stopwatch.GetTimestamp();
            bare.Commit();
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return new() { NsPerCommit = Statistics.Rounded(Statistics.Median(times)) };
    }

    /// <summary>Commits another row.</summary>
    public void Commit()
    {
        _chance.Fill(_id);
        Check(raw.sqlite3_bind_blob(_insert, 1, _id));
        Check(raw.sqlite3_bind_blob(_insert, 2, _row));
        Run(_begin);
        Run(_insert);
        Run(_commit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _insert.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_connection.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    private void Run(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        Check(raw.sqlite3_reset(statement));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection.Handle);
}
