using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>What a file says of itself: one value to a name.</summary>
internal static class MetaTable
{
    /// <summary>When a process was last known to have the file open: a time as text, ISO 8601 UTC.</summary>
    public const string Alive = "alive";

    /// <summary>How the private keys in the file are protected: <c>docs/formats/private-keys.md</c>.</summary>
    public const string PrivateKeys = "private-keys";

    private const string Upsert =
        "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    /// <summary>Prepares the statement that sets a value: parameter 1 is its name, 2 the value.</summary>
    public static Statement PrepareSet(SqliteConnection connection) => new(connection, Upsert);

    /// <summary>A value; empty where there is none.</summary>
    public static byte[] Read(SqliteConnection connection, string name)
    {
        using var select = new Statement(connection, "SELECT value FROM meta WHERE name = ?1");
        return select.Bind(1, name).Read() ? select.Blob(0).ToArray() : [];
    }

    /// <summary>When a process was last known to have the file open; null where nobody can read that.</summary>
    public static DateTimeOffset? ReadAlive(SqliteConnection connection) =>
        DateTimeOffset.TryParseExact(
            Encoding.UTF8.GetString(Read(connection, Alive)),
            "O",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var alive)
            ? alive
            : null;

    public static string ToText(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
