using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>Whether the structure of an open file is sound: what the checksums of the entries do not cover.</summary>
/// <remarks>
/// SQLite's own check of the pages reads all of them, which costs a fifth of a second for a million peers that are read anyway. It
/// finds rows that no longer can be reached, which a reader does not miss, and damage among the free pages, which would show
/// only when something is written.
/// </remarks>
internal static class FileSoundness
{
    private const string Sound = "ok";
    private const string ViewPrefix = "view ";
    private const int SqliteInputOutput = 10;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Expected = new(ReadExpected);

    /// <summary>What is wrong, as a sentence without a full stop; null where nothing is.</summary>
    /// <exception cref="SqliteException">That much cannot be read.</exception>
    public static string? Find(SqliteConnection connection) => Judge(connection, CheckPages);

    /// <summary>The same by a connection that only reads, to a file that a store may have open. It does not see the free pages.</summary>
    /// <inheritdoc cref="Find"/>
    public static string? FindReading(SqliteConnection connection) =>
        Judge(connection, static connection => Check(connection, "PRAGMA integrity_check(1)"));

    private static string? Judge(SqliteConnection connection, Func<SqliteConnection, string> check)
    {
        SqliteFile.Execute(connection, "PRAGMA cell_size_check = ON");
        var finding = check(connection);
        if (finding.Contains("error code=", StringComparison.Ordinal) || finding.Contains("failed to get page", StringComparison.Ordinal))
        {
            // A disk that cannot be read at the moment is no damage.
            throw new SqliteException(finding, SqliteInputOutput);
        }

        return !string.Equals(finding, Sound, StringComparison.Ordinal) ? finding.ReplaceLineEndings(" ")
            : HasTables(connection) || IsOlder(connection) ? null
            : "its tables are not those of a peerstore";
    }

    /// <summary>Whether all tables are there, defined as they were when they were made.</summary>
    public static bool HasTables(SqliteConnection connection) => !Differing(connection, "table").Any();

    /// <summary>Makes the views anew that are not as they were made, and the note of the schema: they hold nothing of anybody.</summary>
    public static void Mend(SqliteConnection connection)
    {
        var version = SqliteSchema.Version.ToString(CultureInfo.InvariantCulture);
        if (!Encoding.UTF8.GetBytes(version).AsSpan().SequenceEqual(MetaTable.Read(connection, MetaTable.Schema)))
        {
            using var set = MetaTable.PrepareSet(connection);
            set.Bind(1, MetaTable.Schema).Bind(2, version).Run();
        }

        var differing = Differing(connection, "view").ToArray();
        if (differing.Length > 0)
        {
            SqliteFile.Execute(connection, string.Concat(differing.Select(static name => $"DROP VIEW IF EXISTS {name};")) + TextViews.Sql);
        }
    }

    /// <summary>Lets SQLite check all pages.</summary>
    /// <remarks>
    /// In SQLite 3.50.4 the first table in memory being a view, whose root is page 0, makes this the check of a single table, which
    /// does not look at the free pages. So it is made without the views, in a transaction that does not come about; and
    /// beforehand of the table from which these are removed.
    /// </remarks>
    private static string CheckPages(SqliteConnection connection)
    {
        var finding = Check(connection, "PRAGMA integrity_check(sqlite_schema)");
        if (!string.Equals(finding, Sound, StringComparison.Ordinal))
        {
            return finding;
        }

        using var transaction = connection.BeginTransaction();
        SqliteFile.Execute(connection, string.Concat(Expected.Value.Keys.Where(IsView).Select(static key => $"DROP VIEW IF EXISTS {key[ViewPrefix.Length..]};")));
        return Check(connection, "PRAGMA integrity_check(1)");
    }

    /// <summary>Whether the tables are those of an older version, which only a store that opens the file brings up to this one.</summary>
    private static bool IsOlder(SqliteConnection connection) =>
        SqliteFile.ReadNumber(connection, "PRAGMA user_version") < SqliteSchema.Version;

    private static string Check(SqliteConnection connection, string sql)
    {
        using var check = connection.CreateCommand();
#pragma warning disable CA2100 // Every text that arrives here is a constant of this file.
        check.CommandText = sql;
#pragma warning restore CA2100
        check.CommandTimeout = 0;
        return check.ExecuteScalar() as string ?? "it cannot be checked";
    }

    private static bool IsView(string key) => key.StartsWith(ViewPrefix, StringComparison.Ordinal);

    private static IEnumerable<string> Differing(SqliteConnection connection, string type)
    {
        var found = Read(connection);
        return Expected.Value.Keys.Where(key => key.StartsWith(type, StringComparison.Ordinal) && !string.Equals(found.GetValueOrDefault(key), Expected.Value[key], StringComparison.Ordinal))
            .Select(key => key[(type.Length + 1)..]);
    }

    private static Dictionary<string, string> ReadExpected()
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        SqliteSchema.Upgrade(connection, version: 0);
        return Read(connection);
    }

    /// <summary>How the tables and views are defined, by type and name; how it is laid out into lines is nothing to compare.</summary>
    private static Dictionary<string, string> Read(SqliteConnection connection)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL";
        using var rows = select.ExecuteReader();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (rows.Read())
        {
            found[rows.GetString(0)] = string.Concat(rows.GetString(1).Where(static letter => !char.IsWhiteSpace(letter)));
        }

        return found;
    }
}
