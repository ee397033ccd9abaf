using Libp2p.Peerstore.Sqlite;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class TextSqlTests : IDisposable
{
    private const int Seed = 20261126;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public TextSqlTests()
    {
        _connection.Open();
        _connection.Execute(
            $"""
            PRAGMA trusted_schema = OFF;
            CREATE TABLE sample (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
            CREATE VIEW peer_text AS SELECT number, {TextSql.PeerId("sample.bytes")} AS text FROM sample;
            CREATE VIEW address_text AS SELECT number, {TextSql.Multiaddr("sample.bytes")} AS text FROM sample;
            """);
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Every_boot_node_reads_as_its_multiaddr()
    {
        var addresses = BootNodes().ToList();
        var texts = Texts("address_text", addresses.Select(static address => address.Bytes.ToArray()));
        Assert.Equal(466, texts.Count);
        foreach (var (address, text) in addresses.Zip(texts))
        {
            AssertSame(address, text);
        }
    }

    [Fact]
    public void Every_boot_nodes_peer_reads_as_its_id()
    {
        var peers = BootNodes().Select(static address => PeerId.Parse(address.ToString().Split('/')[^1])).ToList();
        Assert.Equal(peers.Select(static peer => peer.ToString()), Texts("peer_text", peers.Select(static peer => peer.ToArray())));
    }

    [Fact]
    public void Any_peer_id_reads_as_its_text()
    {
        var random = new Random(Seed);
        var peers = Enumerable.Range(0, 500).Select(i => RandomPeer(random, i)).ToList();
        Assert.Equal(peers.Select(static peer => peer.ToString()), Texts("peer_text", peers.Select(static peer => peer.ToArray())));
    }

    [Theory]
    [InlineData("/ip4/0.0.0.0/tcp/0")]
    [InlineData("/ip4/255.255.255.255/udp/65535/quic-v1")]
    [InlineData("/ip6/::/tcp/1")]
    [InlineData("/ip6/2001:db8::1/udp/443/quic-v1/webtransport")]
    [InlineData("/ip6zone/eth0/ip6/fe80::1/tcp/4001")]
    [InlineData("/ip4/10.0.0.0/ipcidr/8")]
    [InlineData("/dns4/ü.example/tcp/443/tls/sni/example.org/http/p2p-circuit")]
    [InlineData("/dns/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.cccccccc/tcp/1")]
    [InlineData("/ip4/1.2.3.4/udp/1/webrtc-direct/certhash/uEiAUqV7kzvM1wI5DYDc1RbcekYVmXli_Qprlw3IkiEg6tQ/p2p/QmcrQZ6RJdpYuGvZqD5QEHAv6qX4BrQLJLQPQUrTrzdcgm")]
    [InlineData("/ip4/1.2.3.4/tcp/1/plaintextv2")]
    public void An_address_reads_as_its_text(string text)
    {
        var address = Multiaddr.Parse(text);
        AssertSame(address, Assert.Single(Texts("address_text", [address.Bytes.ToArray()])));
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/unix/%2Ftmp%2Fsocket", "/ip4/1.2.3.4/?/9003")]
    [InlineData("/memory/7/p2p-circuit", "/?/89060000000000000007a202")]
    public void What_is_not_known_follows_in_hexadecimal_digits(string address, string text) => Assert.StartsWith(
        text, Assert.Single(Texts("address_text", [Multiaddr.Parse(address).Bytes.ToArray()])), StringComparison.Ordinal);

    [Fact]
    public void Any_bytes_read_as_some_text()
    {
        var random = new Random(Seed);
        var all = Enumerable.Range(0, 2000).Select(i =>
        {
            var bytes = new byte[i % 60];
            random.NextBytes(bytes);
            return bytes;
        });
        Assert.Equal(2000, Texts("address_text", all).Count);
    }

    /// <summary>Those of the list that are multiaddrs; two have a peer ID that was cut off.</summary>
    private static IEnumerable<Multiaddr> BootNodes() =>
        from line in Repository.Read("samples/data/bootnodes.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let address = Multiaddr.TryParse(line, out var parsed) ? parsed : default
        where !address.IsEmpty
        select address;

    private static PeerId RandomPeer(Random random, int number)
    {
        // Identities of keys of any length, some with zeros in front, and hashes.
        var length = number % 5 == 0 ? 32 : random.Next(0, 43);
        var multihash = new byte[2 + length];
        random.NextBytes(multihash);
        multihash.AsSpan(2, Math.Min(length, random.Next(3))).Clear();
        (multihash[0], multihash[1]) = (number % 5 == 0 ? (byte)0x12 : (byte)0, (byte)length);
        return PeerId.Decode(multihash);
    }

    /// <summary>Letter by letter, but for IPv6, which is not shortened.</summary>
    private static void AssertSame(Multiaddr address, string text)
    {
        Assert.Equal(address, Multiaddr.Parse(text));
        if (!address.ToString().Contains("/ip6/", StringComparison.Ordinal))
        {
            Assert.Equal(address.ToString(), text);
        }
    }

    private List<string> Texts(string view, IEnumerable<byte[]> samples)
    {
        using var insert = _connection.CreateCommand();
        insert.CommandText = "INSERT INTO sample (bytes) VALUES ($bytes)";
        var bytes = insert.Parameters.Add("$bytes", SqliteType.Blob);
        foreach (var sample in samples)
        {
            bytes.Value = sample;
            insert.ExecuteNonQuery();
        }

        using var select = _connection.CreateCommand();
        select.CommandText = $"SELECT text FROM {view} ORDER BY number";
        using var rows = select.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read())
        {
            texts.Add(rows.GetString(0));
        }

        return texts;
    }
}
