using System.Globalization;
using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class TextViewsTests : IDisposable
{
    private const int Seed = 20261126;

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_views_say_what_the_store_says()
    {
        await using var store = await OpenAsync();
        var peers = new List<PeerId>();
        for (var i = 0; i < 200; i++)
        {
            peers.Add(await AddPeerAsync(store, i));
        }

        await store.FlushAsync(Token);
        using var connection = Connect();

        Assert.Equal(
            peers.Select(static peer => peer.ToString()).Order(StringComparer.Ordinal),
            Rows(connection, "SELECT peer FROM peers_text").Order(StringComparer.Ordinal));
        Assert.Equal(
            _folder.Count("SELECT sum(length(entry)) FROM peer"), connection.Count("SELECT sum(bytes) FROM peers_text"));
        var addresses = ByPeer(connection, "SELECT peer, address, source, ttl, ends FROM addresses_text");
        var protocols = ByPeer(connection, "SELECT peer, protocol FROM protocols_text");
        foreach (var peer in peers)
        {
            var snapshot = await store.GetSnapshotAsync(peer, Token);
            Assert.Equal(snapshot.Addresses.Select(Describe), addresses[peer.ToString()]);
            Assert.Equal(snapshot.Protocols.Order(StringComparer.Ordinal), protocols[peer.ToString()]);
        }
    }

    [Fact]
    public async Task Every_boot_node_reads_as_the_store_reads_it()
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        await using (var store = await OpenAsync())
        {
            foreach (var line in Repository.Read("samples/data/bootnodes.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Multiaddr.TryParse(line, out var address) && address.TrySplitPeer(out var transport, out var peer))
                {
                    await store.Addresses.AddAsync(peer, [transport], Sample.Hour, Token);
                    expected.Add($"{transport}/p2p/{peer}");
                }
            }
        }

        using var connection = Connect();
        Assert.Equal(466, expected.Count);
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            // IPv6 is not shortened in the views.
            Rows(connection, "SELECT address || '/p2p/' || peer FROM addresses_text")
                .Select(static text => Multiaddr.Parse(text).ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Damaged_entries_read_as_something_or_nothing()
    {
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 300; i++)
            {
                await AddPeerAsync(store, i);
            }
        }

        Spoil(new Random(Seed));
        using var connection = Connect();

        Assert.Equal(300, Rows(connection, "SELECT peer FROM peers_text").Count);
        Assert.NotEmpty(Rows(connection, "SELECT * FROM addresses_text"));
        Assert.NotEmpty(Rows(connection, "SELECT * FROM protocols_text"));
    }

    [Fact]
    public async Task Entries_of_another_version_have_no_rows()
    {
        await using (var store = await OpenAsync())
        {
            await AddPeerAsync(store, 7);
        }

        _folder.Execute("UPDATE peer SET entry = x'01' || substr(entry, 2)");
        using var connection = Connect();

        Assert.Single(Rows(connection, "SELECT peer FROM peers_text"));
        Assert.Empty(Rows(connection, "SELECT * FROM addresses_text"));
        Assert.Empty(Rows(connection, "SELECT * FROM protocols_text"));
    }

    [Theory]
    [InlineData("peers_text")]
    [InlineData("addresses_text")]
    [InlineData("protocols_text")]
    public async Task The_first_row_is_there_without_having_read_the_last_ones(string view)
    {
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 2000; i++)
            {
                await store.UpdatePeerAsync(
                    Sample.NewPeer(), edit => edit.AddAddresses([Sample.Tcp], Sample.Hour).SetProtocols(["/a"]), Token);
            }
        }

        using var connection = Connect();
        // Ends what takes more steps than that.
        SQLitePCL.raw.sqlite3_progress_handler(connection.Handle, 100_000, static _ => 1, null);
        Assert.Single(Rows(connection, $"SELECT * FROM {view} LIMIT 1"));
        Assert.Throws<SqliteException>(() => Rows(connection, $"SELECT * FROM {view}"));
    }

    [Fact]
    public void Views_that_are_there_are_left()
    {
        _folder.Execute("CREATE TABLE peer (id BLOB NOT NULL PRIMARY KEY, entry BLOB NOT NULL) WITHOUT ROWID");
        using var connection = Connect();
        connection.Execute(TextViews.Sql);
        Assert.Equal(3, connection.Count("SELECT count(*) FROM sqlite_schema WHERE type = 'view'"));
    }

    /// <summary>Changes bytes of every entry, or cuts it off.</summary>
    private void Spoil(Random random)
    {
        using var connection = _folder.Connect();
        foreach (var id in Rows(connection, "SELECT hex(id) FROM peer"))
        {
            var entry = Convert.FromHexString(Assert.Single(Rows(connection, $"SELECT hex(entry) FROM peer WHERE id = x'{id}'")));
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                entry[random.Next(1, entry.Length)] = (byte)random.Next(256);
            }

            var length = random.Next(3) == 0 ? random.Next(entry.Length) : entry.Length;
            connection.Execute($"UPDATE peer SET entry = x'{Convert.ToHexString(entry.AsSpan(0, length))}' WHERE id = x'{id}'");
        }
    }

    private static async Task<PeerId> AddPeerAsync(SqlitePeerstore store, int number)
    {
        var key = Sample.NewKey();
        var record = Sample.Record(key, 7, [.. Enumerable.Range(0, 1 + (number % 40)).Select(Sample.Address)]);
        await store.UpdatePeerAsync(
            record.Peer,
            edit =>
            {
                edit.AddAddresses([Sample.Quic], TimeSpan.FromSeconds(number + 1));
                edit.AddAddresses([Multiaddr.Parse("/dns4/example.org/tcp/443/wss")], AddressTtl.Permanent);
                if (number % 2 == 0)
                {
                    edit.Consume(record, TimeSpan.FromHours(number + 1)).AddPublicKey(key.PublicKey);
                }

                if (number % 3 == 0)
                {
                    edit.AddPrivateKey(key).AddAddresses([Sample.Tcp], AddressTtl.Connected);
                }

                if (number % 5 != 0)
                {
                    edit.SetProtocols([.. Enumerable.Range(0, Math.Min(number, 60)).Select(static i => $"/protocol/{i}/ü")]);
                }
            },
            Token);
        await store.Addresses.AnnounceAsync(record.Peer, [Sample.Address(0), Sample.Address(99)], Sample.Minute, Token);
        return record.Peer;
    }

    private static string Describe(AddressDetails address)
    {
        var source = address.Source.ToString().Replace(", ", "+", StringComparison.Ordinal).ToLowerInvariant();
        var ttl = address.Ttl == AddressTtl.Permanent ? "permanent"
            : address.Ttl == AddressTtl.Connected ? "connected"
            : ((long)address.Ttl.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var ends = address.Expires == DateTimeOffset.MaxValue
            ? "never"
            : address.Expires.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $"{address.Address}|{source}|{ttl}|{ends}";
    }

    /// <summary>The rows without their first column, by it; in the order of the rows.</summary>
    private static ILookup<string, string> ByPeer(SqliteConnection connection, string sql) => Rows(connection, sql)
        .Select(static row => row.Split('|', 2)).ToLookup(static row => row[0], static row => row[1], StringComparer.Ordinal);

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var select = connection.CreateCommand();
        select.CommandText = sql;
        using var rows = select.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read())
        {
            texts.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(i => rows.IsDBNull(i) ? "" : rows.GetString(i))));
        }

        return texts;
    }

    private SqliteConnection Connect()
    {
        var connection = _folder.Connect();
        connection.Execute("PRAGMA trusted_schema = OFF");
        connection.Execute(TextViews.Sql);
        return connection;
    }

    private async Task<SqlitePeerstore> OpenAsync() =>
        await SqlitePeerstore.OpenAsync(
            _folder.Peers(), new() { PrivateKeys = PrivateKeyProtection.StoreInClear }, _clock, Token);
}
