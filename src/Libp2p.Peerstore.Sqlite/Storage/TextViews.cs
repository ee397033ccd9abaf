namespace Libp2p.Peerstore.Sqlite;

/// <summary>The views that show a person with the <c>sqlite3</c> shell what is in the file: <c>docs/formats/sqlite.md</c>.</summary>
internal static class TextViews
{
    private const long TicksPerSecond = TimeSpan.TicksPerSecond;

    private static readonly long UnixEpoch = DateTime.UnixEpoch.Ticks / TicksPerSecond;

    /// <summary>Makes the views where they are not there.</summary>
    public static string Sql { get; } = $"""
        CREATE VIEW IF NOT EXISTS peers_text AS
        SELECT {TextSql.PeerId("peer.id")} AS peer, length(peer.entry) AS bytes FROM peer;
        CREATE VIEW IF NOT EXISTS addresses_text AS
        SELECT {TextSql.PeerId("peer.id")} AS peer,
        {TextSql.Multiaddr(Place("peer.entry"))} AS address,
        substr(iif({Item(2)}&1,'+added','')||iif({Item(2)}&2,'+announced','')||iif({Item(2)}&4,'+certified',''),2) AS source,
        CASE {Item(3)} WHEN {AddressTtl.Permanent.Ticks} THEN 'permanent' WHEN {AddressTtl.Connected.Ticks} THEN 'connected'
        ELSE {Item(3)}/{TicksPerSecond} END AS ttl,
        CASE {Item(4)} WHEN {long.MaxValue} THEN 'never'
        ELSE strftime('%Y-%m-%dT%H:%M:%SZ',{Item(4)}/{TicksPerSecond}-{UnixEpoch},'unixepoch') END AS ends
        FROM peer, json_each({EntrySql.Addresses("peer.entry")}) AS item;
        CREATE VIEW IF NOT EXISTS protocols_text AS
        SELECT {TextSql.PeerId("peer.id")} AS peer, CAST({Place("peer.entry")} AS TEXT) AS protocol
        FROM peer, json_each({EntrySql.Protocols("peer.entry")}) AS item;
        """;

    private static string Place(string blob) => $"substr({blob},{Item(0)},{Item(1)})";

    private static string Item(int index) => EntrySql.Number("item.value", index);
}
