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

    /// <summary>The version of a file: what every way of opening one recognises it by.</summary>
    /// <param name="connection">The file.</param>
    /// <param name="path">Its name, for the error.</param>
    /// <param name="mayBeEmpty">Whether an empty database is one that is about to become a peerstore; its version is 0.</param>
    /// <exception cref="PeerstoreException">It is not a peerstore, or one that this program does not know yet.</exception>
    public static long Recognise(SqliteConnection connection, string path, bool mayBeEmpty)
    {
        var (application, version) = (
            SqliteFile.ReadNumber(connection, "PRAGMA application_id"), SqliteFile.ReadNumber(connection, "PRAGMA user_version"));
        var isEmpty = mayBeEmpty && application == 0 && version == 0
            && SqliteFile.ReadNumber(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && application != ApplicationId)
        {
            throw SqliteFile.NotAPeerstore(path, "it is a SQLite database of another application");
        }

        return version <= Version
            ? version
            : throw new PeerstoreException(
                PeerstoreError.WrongFile,
                $"The peerstore {path} was written by a newer version of this program (schema {version}, known up to {Version}).");
    }

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
            $"BEGIN IMMEDIATE; {sql} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT;"));
    }

    /// <summary>What makes a schema of another one.</summary>
    /// <param name="from">The version there is; 0 for an empty file.</param>
    /// <param name="to">The version there will be.</param>
    public static string Sql(long from, long to) =>
        (from < 1 && to >= 1 ? First : "") + (from < 2 && to >= 2 ? Second + TextViews.Sql : "");
}
