using System.Globalization;
using Libp2p.Peerstore.Faults;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>
/// A plain database on a <see cref="FaultyVfs"/>, in which every transaction counts to the next number and leaves a row: so
/// that a file tells which transactions are in it, and whether one of them is there in part.
/// </summary>
internal sealed class CountedDatabase : IDisposable
{
    private readonly List<int> _ends = [];
    private readonly SqliteConnection _connection;

    public CountedDatabase(FaultyVfs vfs, string path, string pragmas)
    {
        Vfs = vfs;
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Vfs = vfs.Name, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            _connection.Execute(pragmas);
            _connection.Execute(
                """
                BEGIN IMMEDIATE;
                CREATE TABLE IF NOT EXISTS counter (value INTEGER NOT NULL);
                CREATE TABLE IF NOT EXISTS row (number INTEGER PRIMARY KEY, content BLOB NOT NULL);
                INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM counter);
                COMMIT;
                """);
            _ends.Add(vfs.Log.Count);
        }
        catch (SqliteException)
        {
            _connection.Dispose();
            throw;
        }
    }

    public FaultyVfs Vfs { get; }

    public SqliteConnection Connection => _connection;

    /// <summary>How many transactions had returned when the log was so long: those must be there.</summary>
    public int CommittedAt(int position) => _ends.FindLastIndex(end => end <= position);

    public void Commit()
    {
        using var transaction = _connection.BeginTransaction();
        using var command = _connection.CreateCommand();
        command.CommandText =
            "UPDATE counter SET value = value + 1; INSERT INTO row SELECT value, randomblob(700) FROM counter";
        command.ExecuteNonQuery();
        transaction.Commit();
        _ends.Add(Vfs.Log.Count);
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Opens a file as any program would, and says how many transactions are in it.</summary>
    /// <returns>The number; −1 where the first, which makes the tables, is not there.</returns>
    public static long CountIn(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
        if (connection.Count("SELECT count(*) FROM sqlite_schema WHERE type = 'table'") == 0)
        {
            return -1;
        }

        Assert.Equal(1, connection.Count("SELECT count(*) FROM counter"));
        var count = connection.Count("SELECT value FROM counter");
        Assert.Equal(
            count, connection.Count(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM row WHERE number BETWEEN 1 AND {count}")));
        Assert.Equal(count, connection.Count("SELECT count(*) FROM row"));
        return count;
    }
}
