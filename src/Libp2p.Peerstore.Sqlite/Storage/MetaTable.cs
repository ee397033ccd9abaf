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

    /// <summary>The same once more: a salt that is lost makes every key worthless.</summary>
    public const string PrivateKeysCopy = "private-keys-copy";

    /// <summary>The version of the schema, as text: a header that says something else is damaged.</summary>
    public const string Schema = "schema";

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
    public static DateTimeOffset? ReadAlive(SqliteConnection connection) => ParseAlive(Read(connection, Alive));

    /// <summary>What is noted as <see cref="Alive"/>: the time, and a checksum over it.</summary>
    public static string ToAlive(DateTimeOffset time) => $"{ToText(time)} {Checksum(ToText(time))}";

    /// <summary>Whether a value that was found in a damaged file is what its name says.</summary>
    public static bool IsGood(string name, ReadOnlySpan<byte> value) => name switch
    {
        Alive => ParseAlive(value) is not null,
        PrivateKeys or PrivateKeysCopy => ProtectionParameters.TryRead(value, out _, out _),
        _ => false,
    };

    public static string ToText(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A time without a checksum was written by an older version.</summary>
    private static DateTimeOffset? ParseAlive(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value);
        var time = text.Split(' ')[0];
        return (text.Length == time.Length || string.Equals(text, $"{time} {Checksum(time)}", StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var alive)
            ? alive
            : null;
    }

    private static string Checksum(string text) =>
        EntryFormat.Checksum(default, Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture);
}
