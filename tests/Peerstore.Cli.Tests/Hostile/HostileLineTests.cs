using System.Text;
using System.Text.Json.Nodes;
using Libp2p.Peerstore;
using Peerstore.Cli.Commands;
using Peerstore.Cli.Ingest;

namespace Peerstore.Cli.Tests;

/// <summary>Lines made to break a reader: nothing of them is stored, and what follows them is read.</summary>
public sealed class HostileLineTests
{
    private const long HugeLine = 64 * 1024 * 1024;
    private readonly Identity _alice = new();

    public static TheoryData<string, string> Texts => new()
    {
        { new string('[', 10_000), "unknown format" },
        { "{\"ev\":" + new string('[', 10_000), "not JSON" },
        { Nested(10_000), "not JSON" },
        { Nested(64), "not JSON" },
        { "{\"ev\":\"end\",\"ev\":\"end\"}", "not JSON" },
        { "{\"ev\":\"end\",\"\\u0065v\":\"end\"}", "not JSON" },
        { "{\"ev\":\"end\",\"x\":{\"a\":1,\"a\":2}}", "not JSON" },
        { "{\"ev\":\"end\",\"\\ud800\":1,\"\\ud800\":2}", "not JSON" },
        { "{\"ev\":\"\\ud800\"}", "not JSON" },
        { "{\"ev\":\"end\"", "not JSON" },
        { "{\"ev\":\"end\"} {\"ev\":\"end\"}", "not JSON" },
        { "{\"ev\":\"a\0b\"}", "not JSON" },
        { "{\"ev\":\"end\"} // remark", "not JSON" },
        { "{\"ev\":\"end\",}", "not JSON" },
        { "{'ev':'end'}", "not JSON" },
        { "{\"ev\":NaN}", "not JSON" },
        { "\0\0\0", "unknown format" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_hostile_text_is_a_bad_line(string line, string reason)
    {
        var ingestion = await Ingestion.OfAsync(line, _alice.IdentifyLine());

        Assert.Equal(reason, Assert.Single(ingestion.BadLines).Reason);
        Assert.Equal(_alice.Peer, Assert.Single(await ingestion.PeersAsync()));
    }

    [Theory]
    [InlineData("{\"ev\":\"end\",\"x\":\"", "\"}")]
    [InlineData("/dns4/", "/p2p/12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4")]
    [InlineData("{\"ev\":\"end\",\"", "\":1}")]
    public async Task Bytes_that_are_not_UTF8_make_a_bad_line(string before, string behind)
    {
        foreach (var bad in (byte[][])[[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]])
        {
            byte[] input = [.. Encoding.UTF8.GetBytes(before), .. bad, .. Encoding.UTF8.GetBytes(behind)];

            var ingestion = await Ingestion.OfAsync(MemoryPeerstore.Create(), new MemoryStream(input));

            Assert.Equal("not UTF-8", Assert.Single(ingestion.BadLines).Reason);
            Assert.Empty(await ingestion.PeersAsync());
        }
    }

    [Theory]
    [InlineData((byte)'a')]
    [InlineData((byte)'{')]
    [InlineData((byte)'/')]
    [InlineData((byte)'#')]
    [InlineData((byte)' ')]
    public async Task A_line_of_64_MB_is_skipped_in_bounded_memory(byte value)
    {
        await using var input = new RepeatedByte(value, HugeLine, Encoding.UTF8.GetBytes($"\n{_alice.IdentifyLine()}\n"));
        await using IPeerstore store = MemoryPeerstore.Create(StoreFile.Options);
        // Everything completes synchronously, so that this thread allocates all there is to allocate.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var run = Ingestion.OfAsync(store, input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(run.IsCompleted);
        var ingestion = await run;

        Assert.Equal("line too long", Assert.Single(ingestion.BadLines).Reason);
        Assert.Equal(2, ingestion.Summary.Lines.Read);
        Assert.Equal(_alice.Peer, Assert.Single(await ingestion.PeersAsync()));
        Assert.InRange(allocated, 0, 8 * LineReader.DefaultMaxLineBytes);
    }

    [Fact]
    public async Task A_line_of_the_greatest_length_is_read()
    {
        var line = _alice.IdentifyLine();
        var padded = line + new string(' ', LineReader.DefaultMaxLineBytes - line.Length);

        var ingestion = await Ingestion.OfAsync(padded, padded + " ");

        Assert.Equal(1, ingestion.Summary.Lines.Good);
        Assert.Equal("line too long", Assert.Single(ingestion.BadLines).Reason);
    }

    [Fact]
    public async Task No_invalid_peer_ID_is_stored()
    {
        var invalid = Vectors.InvalidStrings("peer-ids.json");
        Assert.True(invalid.Count > 30);

        var ingestion = await Ingestion.OfAsync(invalid.SelectMany(id => (JsonObject[])
        [
            new() { ["ID"] = id, ["Addrs"] = new JsonArray("/ip4/192.0.2.1/tcp/1") },
            new() { ["PeerID"] = id, ["Maddrs"] = new JsonArray("/ip4/192.0.2.1/tcp/1") },
            new() { ["ev"] = "node:start", ["peerId"] = id, ["listenAddrs"] = new JsonArray("/ip4/192.0.2.1/tcp/1") },
            new() { ["ev"] = "peer:identify", ["peerId"] = id, ["agentVersion"] = "x" },
            new() { ["ev"] = "dial:fail", ["peerId"] = id },
        ]).Select(line => line.ToJsonString()));

        Assert.Equal(invalid.Count * 5, ingestion.BadLines.Count);
        Assert.All(ingestion.BadLines, line => Assert.Equal("not a peer ID", line.Reason));
        Assert.Empty(await ingestion.PeersAsync());
    }

    [Fact]
    public async Task No_invalid_multiaddr_is_stored()
    {
        var invalid = Vectors.InvalidStrings("multiaddrs.json");
        Assert.True(invalid.Count > 100);
        var peer = _alice.Peer.ToString();

        var ingestion = await Ingestion.OfAsync(invalid.SelectMany(address => (JsonObject[])
        [
            new() { ["ID"] = peer, ["Addrs"] = new JsonArray("/ip4/192.0.2.1/tcp/1", address) },
            new() { ["PeerID"] = peer, ["Maddrs"] = new JsonArray(address) },
            new() { ["PeerID"] = peer, ["Maddrs"] = new JsonArray("/ip4/192.0.2.1/tcp/1"), ["ListenMaddrs"] = new JsonArray(address) },
            new() { ["PeerID"] = peer, ["Maddrs"] = new JsonArray(), ["ConnectMaddr"] = address, ["ConnectErrorStr"] = "x" },
            new() { ["ev"] = "node:start", ["peerId"] = peer, ["listenAddrs"] = new JsonArray(address) },
            new() { ["ev"] = "peer:identify", ["peerId"] = peer, ["agentVersion"] = "x", ["listenAddrs"] = new JsonArray(address) },
            new() { ["ev"] = "connection:open", ["peerId"] = peer, ["remoteAddr"] = address, ["direction"] = "outbound" },
        ]).Select(line => line.ToJsonString()));

        Assert.Equal(invalid.Count * 7, ingestion.BadLines.Count);
        Assert.All(ingestion.BadLines, line => Assert.Equal("not a multiaddr", line.Reason));
        Assert.Empty(await ingestion.PeersAsync());
    }

    [Fact]
    public async Task No_invalid_multiaddr_is_a_line()
    {
        var ingestion = await Ingestion.OfAsync(Vectors.InvalidStrings("multiaddrs.json"));

        Assert.Equal(0, ingestion.Summary.Lines.Good);
        Assert.Empty(await ingestion.PeersAsync());
    }

    [Theory]
    [InlineData("publicKey", "not base64")]
    [InlineData("envelope", "not base64")]
    public async Task What_is_not_base64_makes_a_bad_line(string field, string reason)
    {
        foreach (var text in (string[])["?", "abc", "ab=c", "CAESIA", "\n", "CAES IA=", "CAES\nIA=="])
        {
            var ingestion = await Ingestion.OfAsync(_alice.IdentifyLine(field, text));

            Assert.Equal(reason, Assert.Single(ingestion.BadLines).Reason);
            Assert.Empty(await ingestion.PeersAsync());
        }
    }

    [Fact]
    public async Task The_key_of_another_peer_makes_a_bad_line()
    {
        var other = Convert.ToBase64String(new Identity().Key.PublicKey.Encoded);

        var ingestion = await Ingestion.OfAsync(
            _alice.IdentifyLine("publicKey", other), _alice.IdentifyLine("publicKey", "AAAA"));

        Assert.Equal(
            ["public key of another peer", "not a public key"],
            ingestion.BadLines.Select(line => line.Reason),
            StringComparer.Ordinal);
        Assert.Empty(await ingestion.PeersAsync());
    }

    [Fact]
    public async Task Too_much_of_anything_makes_a_bad_line()
    {
        JsonArray many = [.. Enumerable.Range(0, 129).Select(i => (JsonNode)$"/p/{i}")];

        var ingestion = await Ingestion.OfAsync(
            _alice.IdentifyLine("protocols", many),
            _alice.IdentifyLine("protocols", new JsonArray(new string('p', 257))),
            _alice.IdentifyLine("agentVersion", new string('a', 8193)),
            _alice.IdentifyLine("protocolVersion", new string('a', 8193)),
            _alice.IdentifyLine("publicKey", new string('A', 100_000)));

        Assert.Equal(
            ["too many protocols", "protocol ID too long", "text too long", "text too long", "not a public key"],
            ingestion.BadLines.Select(line => line.Reason),
            StringComparer.Ordinal);
        Assert.Empty(await ingestion.PeersAsync());
    }

    [Fact]
    public async Task An_agent_of_the_greatest_length_is_stored_whatever_its_characters()
    {
        // A control character takes one byte here and six in JSON, which is how the store keeps it.
        string agent = new('\u0001', 8192);

        var ingestion = await Ingestion.OfAsync(_alice.IdentifyLine("agentVersion", agent));

        Assert.Equal(agent, await ingestion.AgentAsync(_alice.Peer));
    }

    private static string Nested(int depth) =>
        "{\"ev\":\"end\",\"x\":" + new string('[', depth) + new string(']', depth) + "}";
}
