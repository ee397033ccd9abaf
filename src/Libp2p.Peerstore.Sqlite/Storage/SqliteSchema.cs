using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Sqlite;

/// <summary>The tables of the file, which <c>docs/formats/sqlite.md</c> describes, and how older ones become today's.</summary>
internal static class SqliteSchema
{
    /// <summary>"Lp2p" in ASCII: what tells a peerstore from another application's database.</summary>
    public const int ApplicationId = 0x4C703270;

    /// <summary>The version that is written, SQLite's <c>user_version</c>. Each one below it is brought up to it.</summary>
    public const int Version = 2;

    private const string First = """
        CREATE TABLE peer (
            id    BLOB NOT NULL PRIMARY KEY,
            entry BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE damaged (
            id     BLOB NOT NULL,
            entry  BLOB NOT NULL,
            reason TEXT NOT NULL,
            found  TEXT NOT NULL
        );
        """;

    private const string Second = """
        CREATE TABLE meta (
            name  TEXT NOT NULL PRIMARY KEY,
            value BLOB NOT NULL
        ) WITHOUT ROWID;
        """;

    /// <summary>Makes the tables and views in an empty file, or those that a file of an older version lacks; all in one transaction.</summary>
    /// <param name="connection">The file, recognised.</param>
    /// <param name="version">Its version; 0 for an empty one.</param>
    public static void Upgrade(SqliteConnection connection, long version)
    {
        if (version == Version)
        {
            return;
        }

        var sql = Sql(version, Version);
        SqliteFile.Execute(connection, string.Create(
            CultureInfo.InvariantCulture,
            $"BEGIN IMMEDIATE; {sql} INSERT OR REPLACE INTO meta VALUES ('{MetaTable.Schema}', '{Version}'); PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;"));
    }

    /// <summary>What makes a schema of another one.</summary>
    /// <param name="from">The version there is; 0 for an empty file.</param>
    /// <param name="to">The version there will be.</param>
    public static string Sql(long from, long to) =>
        (from < 1 && to >= 1 ? First : "") + (from < 2 && to >= 2 ? Second + TextViews.Sql : "");
}
