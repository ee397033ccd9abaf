using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Peerstore.Scorecard.Measuring;
using Peerstore.Scorecard.Output;

namespace Peerstore.Scorecard.Durable;

/// <summary>What one transaction costs at the least: one small row, committed to a file of its own as the store does it.</summary>
internal static class BareCommit
{
    private const int Commits = 101;
    private const int RowBytes = 300;

    /// <summary>Measures.</summary>
    /// <param name="path">A file that does not exist, on the disk in question.</param>
    public static CommitLine Measure(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (row BLOB);");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows VALUES ($row)";
        insert.Parameters.AddWithValue("$row", new byte[RowBytes]);
        List<double> times = [];
        for (var i = 0; i < Commits; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            insert.ExecuteNonQuery();
            transaction.Commit();
            times.Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return new() { NsPerCommit = Statistics.Rounded(Statistics.Median(times)) };
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The only text that arrives here is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
