using System.Text.Json.Nodes;
using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.Cli.Tests;

/// <summary>What each event of a recorded network does to a store.</summary>
public sealed class EventTests
{
    private readonly Identity _alice = new();

    private string Peer => _alice.Peer.ToString();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Identify_stores_the_word_of_the_peer()
    {
        var ingestion = await Ingestion.OfAsync(_alice.IdentifyLine());

        Assert.Equal(["/ip4/192.0.2.1/tcp/4001"], await ingestion.AddressesAsync(_alice.Peer), StringComparer.Ordinal);
        Assert.Equal("test/1.0", await ingestion.AgentAsync(_alice.Peer));
        Assert.Equal(
            ["/ipfs/id/1.0.0", "/ipfs/ping/1.0.0"],
            await ingestion.Store.Protocols.GetAsync(_alice.Peer, Cancellation),
            StringComparer.Ordinal);
        Assert.Equal(
            "ipfs/0.1.0",
            await ingestion.Store.Metadata.GetAsync<string>(_alice.Peer, MetadataKeys.ProtocolVersion, Cancellation));
        Assert.Equal(_alice.Key.PublicKey, await ingestion.Store.Keys.GetPublicKeyAsync(_alice.Peer, Cancellation));
    }

    [Fact]
    public async Task Identify_replaces_what_the_peer_said_before()
    {
        var ingestion = await Ingestion.OfAsync(
            _alice.IdentifyLine("listenAddrs", new JsonArray("/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.1/tcp/2")),
            _alice.IdentifyLine("listenAddrs", new JsonArray("/ip4/192.0.2.1/tcp/2", "/ip4/192.0.2.1/tcp/3")));

        Assert.Equal(
            ["/ip4/192.0.2.1/tcp/2", "/ip4/192.0.2.1/tcp/3"],
            await ingestion.AddressesAsync(_alice.Peer),
            StringComparer.Ordinal);
        Assert.Equal(1, ingestion.Summary.Addresses.Removed);
        Assert.Equal(3, ingestion.Summary.Addresses.Added);
    }

    [Fact]
    public async Task A_signed_record_stands_above_the_unsigned_list()
    {
        var ingestion = await Ingestion.OfAsync(_alice.IdentifyLine(_alice.Record(1, "/ip4/192.0.2.9/tcp/9")));

        Assert.Equal(["/ip4/192.0.2.9/tcp/9"], await ingestion.AddressesAsync(_alice.Peer), StringComparer.Ordinal);
        Assert.Equal(1, ingestion.Summary.Addresses.Added);
        Assert.Equal(1, ingestion.Summary.Records.Accepted);
    }

    [Fact]
    public async Task A_newer_record_replaces_the_addresses_of_the_former_one()
    {
        var ingestion = await Ingestion.OfAsync(
            _alice.IdentifyLine(_alice.Record(1, "/ip4/192.0.2.9/tcp/1", "/ip4/192.0.2.9/tcp/2")),
            _alice.IdentifyLine(_alice.Record(2, "/ip4/192.0.2.9/tcp/2", "/ip4/192.0.2.9/tcp/3")));

        Assert.Equal(
            ["/ip4/192.0.2.9/tcp/2", "/ip4/192.0.2.9/tcp/3"],
            await ingestion.AddressesAsync(_alice.Peer),
            StringComparer.Ordinal);
        Assert.Equal(3, ingestion.Summary.Addresses.Added);
        Assert.Equal(1, ingestion.Summary.Addresses.Removed);
    }

    [Fact]
    public async Task A_stale_record_changes_no_address_but_the_rest_is_news()
    {
        var late = _alice.Identify(_alice.Record(1, "/ip4/192.0.2.9/tcp/1"));
        late["agentVersion"] = "late/1";
        var ingestion = await Ingestion.OfAsync(
            _alice.IdentifyLine(_alice.Record(2, "/ip4/192.0.2.9/tcp/2")), late.ToJsonString());

        Assert.Equal(["/ip4/192.0.2.9/tcp/2"], await ingestion.AddressesAsync(_alice.Peer), StringComparer.Ordinal);
        Assert.Equal("late/1", await ingestion.AgentAsync(_alice.Peer));
        Assert.Equal(1, ingestion.Summary.Records.Stale);
    }

    [Fact]
    public async Task The_same_envelope_is_verified_once()
    {
        var line = _alice.IdentifyLine(_alice.Record(1, "/ip4/192.0.2.9/tcp/1"));

        var ingestion = await Ingestion.OfAsync(line, line, line);

        Assert.Equal(1, ingestion.Summary.Records.Verified);
        Assert.Equal(2, ingestion.Summary.Records.Repeated);
        Assert.Equal(2, ingestion.Summary.Records.Refreshed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"protocols\":null,\"agentVersion\":null,\"protocolVersion\":null,\"listenAddrs\":null")]
    public async Task What_an_identify_line_does_not_say_is_gone(string nulls)
    {
        var ingestion = await Ingestion.OfAsync(
            Connection("connection:open", "outbound"),
            _alice.IdentifyLine(),
            $$"""{"ev":"peer:identify","peerId":"{{Peer}}"{{nulls}}}""");

        Assert.Empty(await ingestion.Store.Protocols.GetAsync(_alice.Peer, Cancellation));
        Assert.Empty(await ingestion.Store.Metadata.GetKeysAsync(_alice.Peer, Cancellation));
        // Not the peer's word, but what others found to work.
        Assert.Equal(["/ip4/192.0.2.44/tcp/44"], await ingestion.AddressesAsync(_alice.Peer), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_key_and_a_record_stay_when_a_later_identify_has_none()
    {
        var rsa = new Identity(KeyType.Rsa);
        var signed = rsa.Identify(rsa.Record(1, "/ip4/192.0.2.9/tcp/9"));
        signed["publicKey"] = null;

        var ingestion = await Ingestion.OfAsync(
            signed.ToJsonString(), $$"""{"ev":"peer:identify","peerId":"{{rsa.Peer}}"}""");

        Assert.Equal(rsa.Key.PublicKey, await ingestion.Store.Keys.GetPublicKeyAsync(rsa.Peer, Cancellation));
        Assert.Equal(["/ip4/192.0.2.9/tcp/9"], await ingestion.AddressesAsync(rsa.Peer), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("outbound", 1)]
    [InlineData("inbound", 0)]
    public async Task Only_an_address_that_was_dialled_is_evidence(string direction, int addresses)
    {
        var ingestion = await Ingestion.OfAsync(Connection("connection:open", direction));

        Assert.Equal(addresses, (await ingestion.AddressesAsync(_alice.Peer)).Count);
        Assert.Equal(addresses, (await ingestion.PeersAsync()).Count);
        Assert.Equal(addresses, ingestion.Summary.DialsThatWorked);
        Assert.Equal(1, ingestion.Summary.Lines.Good);
    }

    [Fact]
    public async Task An_address_that_was_dialled_outlives_the_peers_own_list()
    {
        var ingestion = await Ingestion.OfAsync(Connection("connection:open", "outbound"), _alice.IdentifyLine());

        Assert.Equal(
            ["/ip4/192.0.2.1/tcp/4001", "/ip4/192.0.2.44/tcp/44"],
            await ingestion.AddressesAsync(_alice.Peer),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_connection_to_an_address_of_another_peer_is_refused()
    {
        var line = Connection("connection:open", "outbound").Replace($"/p2p/{Peer}", $"/p2p/{new Identity().Peer}", StringComparison.Ordinal);
        var ingestion = await Ingestion.OfAsync(line);

        Assert.Empty(await ingestion.PeersAsync());
        Assert.Equal("address of another peer", Assert.Single(ingestion.BadLines).Reason);
    }

    [Fact]
    public async Task A_node_that_starts_says_where_it_listens()
    {
        var ingestion = await Ingestion.OfAsync(
            $$"""{"ev":"node:start","peerId":"{{Peer}}","listenAddrs":["/ip4/192.0.2.5/tcp/5/p2p/{{Peer}}"]}""");

        Assert.Equal(["/ip4/192.0.2.5/tcp/5"], await ingestion.AddressesAsync(_alice.Peer), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("dial:fail")]
    [InlineData("peer:connect")]
    [InlineData("peer:disconnect")]
    [InlineData("peer:update")]
    [InlineData("node:stop")]
    [InlineData("store")]
    [InlineData("end")]
    public async Task Events_without_an_address_of_the_peers_are_counted_only(string name)
    {
        var ingestion = await Ingestion.OfAsync(
            $$"""{"ev":"{{name}}","peerId":"{{Peer}}","message":"x","addresses":[{"addr":"/ip4/192.0.2.1/tcp/1"}]}""");

        Assert.Equal(1, ingestion.Summary.Events[name]);
        Assert.Equal(1, ingestion.Summary.Lines.Good);
        Assert.Empty(await ingestion.PeersAsync());
    }

    [Fact]
    public async Task Closing_a_connection_adds_nothing()
    {
        var ingestion = await Ingestion.OfAsync(Connection("connection:close", "outbound"));

        Assert.Empty(await ingestion.PeersAsync());
        Assert.Equal(1, ingestion.Summary.Events["connection:close"]);
    }

    private string Connection(string name, string direction) =>
        $$"""{"ev":"{{name}}","peerId":"{{Peer}}","remoteAddr":"/ip4/192.0.2.44/tcp/44/p2p/{{Peer}}","direction":"{{direction}}"}""";
}
