using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Whether the tables, indexes and views of a file are those that this program makes, word for word.</summary>
/// <remarks>
/// SQLite reads the text of a view when somebody asks it and that of a table whenever it likes: a byte that changed there is
/// no damage to SQLite. What the text should be, a new database in memory says.
/// </remarks>
internal static class SchemaInspection
{
    // What ANALYZE leaves behind is SQLite's own business.
    private const string Query =
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";

    /// <summary>Tells what differs.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="version">Its version.</param>
    /// <param name="note">Told of each difference.</param>
    public static void Run(SqliteConnection connection, long version, Action<string> note)
    {
        using var memory = new SqliteConnection("Data Source=:memory:;Pooling=False");
        memory.Open();
        SqliteFile.Execute(memory, SqliteSchema.Sql(from: 0, version));
        var (wanted, found) = (Read(memory), Read(connection));
        foreach (var (name, text) in wanted)
        {
            if (!found.Remove(name, out var other))
            {
                note($"the {name} is missing");
            }
            else if (text != other)
            {
                note($"the {name} is not as this program makes it");
            }
        }

        foreach (var name in found.Keys)
        {
            note($"the {name} is none of a peerstore's");
        }
    }

    private static SortedDictionary<string, (string Table, string Sql)> Read(SqliteConnection connection)
    {
        using var select = connection.CreateCommand();
        select.CommandText = Query;
        using var rows = select.ExecuteReader();
        var schema = new SortedDictionary<string, (string, string)>(StringComparer.Ordinal);
        while (rows.Read())
        {
            schema[$"{rows.GetString(0)} {rows.GetString(1)}"] = (rows.GetString(2), rows.GetString(3));
        }

        return schema;
    }
}
