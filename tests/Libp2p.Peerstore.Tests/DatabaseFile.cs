using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>The file of a store as another program sees it: <c>peers.db</c> in a test's folder.</summary>
internal static class DatabaseFile
{
    public static string Peers(this TemporaryFolder folder) => folder.File("peers.db");

    public static SqliteConnection Connect(this TemporaryFolder folder)
    {
        var connection = new SqliteConnection($"Data Source={folder.Peers()};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Asks for one number.</summary>
    public static long Count(this TemporaryFolder folder, string sql)
    {
        using var connection = folder.Connect();
        return connection.Count(sql);
    }

    /// <inheritdoc cref="Count(TemporaryFolder, string)"/>
    public static long Count(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Changes rows, and says how many.</summary>
    public static int Execute(this TemporaryFolder folder, string sql)
    {
        using var connection = folder.Connect();
        return connection.Execute(sql);
    }

    /// <inheritdoc cref="Execute(TemporaryFolder, string)"/>
    public static int Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Changes rows of another file than the usual one.</summary>
    public static int Execute(this TemporaryFolder folder, string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection.Execute(sql);
    }

    /// <summary>Overwrites what is stored of a peer with bytes that mean nothing.</summary>
    public static void Damage(this TemporaryFolder folder, PeerId peer) => Assert.Equal(
        1, folder.Execute($"UPDATE peer SET entry = x'01DEADBEEF00' WHERE id = x'{Convert.ToHexString(peer.Bytes)}'"));
}
