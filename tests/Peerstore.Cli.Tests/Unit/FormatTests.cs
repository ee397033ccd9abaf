using Libp2p;
using Libp2p.Peerstore;

namespace Peerstore.Cli.Tests;

/// <summary>What lines of the other formats do to a store.</summary>
public sealed class FormatTests
{
    private const string Peer = "12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";
    private const string Other = "QmSkPNi4rSpfqTbBkiVYCXTmRVcDpF15qnw9Q9J7F2HtFn";
    private static readonly PeerId PeerId = PeerId.Parse(Peer);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/ip4/192.0.2.1/tcp/4001", "/ip4/192.0.2.1/tcp/4001")]
    [InlineData("  /dnsaddr/bootstrap.libp2p.io", "/dnsaddr/bootstrap.libp2p.io")]
    [InlineData(
        "/ip4/192.0.2.1/tcp/1/p2p/QmSkPNi4rSpfqTbBkiVYCXTmRVcDpF15qnw9Q9J7F2HtFn/p2p-circuit",
        "/ip4/192.0.2.1/tcp/1/p2p/QmSkPNi4rSpfqTbBkiVYCXTmRVcDpF15qnw9Q9J7F2HtFn/p2p-circuit")]
    public async Task A_multiaddr_with_a_peer_is_stored(string before, string stored)
    {
        var ingestion = await Ingestion.OfAsync($"{before}/p2p/{Peer}");

        Assert.Equal([stored], await ingestion.AddressesAsync(PeerId), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("/p2p/" + Peer, "no address before /p2p")]
    [InlineData("/ip4/192.0.2.1/tcp/4001", "not a peer ID")]
    [InlineData("/ip4/192.0.2.1/tcp/4001/p2p/" + Peer + "/p2p-circuit", "not a peer ID")]
    [InlineData("/ip4/192.0.2.256/tcp/4001/p2p/" + Peer, "not a multiaddr")]
    [InlineData("192.0.2.1:4001", "unknown format")]
    [InlineData("[]", "unknown format")]
    [InlineData("{}", "unknown format")]
    [InlineData("""{"PeerID":"x","NeighborIDs":[]}""", "unknown format")]
    [InlineData("""{"ev":"peer:dance"}""", "unknown event")]
    [InlineData("""{"ev":7}""", "field missing or of the wrong kind")]
    [InlineData("""{"ev":"peer:connect"}""", "field missing or of the wrong kind")]
    [InlineData("""{"ID":"12D3KooW"}""", "not a peer ID")]
    [InlineData($$"""{"ID":"{{Peer}}","Addrs":"/ip4/192.0.2.1/tcp/1"}""", "field missing or of the wrong kind")]
    [InlineData($$"""{"ID":"{{Peer}}","Addrs":["/ip4/192.0.2.1/tcp/1",5]}""", "field missing or of the wrong kind")]
    [InlineData($$"""{"ev":"connection:open","peerId":"{{Peer}}","direction":"outbound"}""", "field missing or of the wrong kind")]
    [InlineData($$"""{"PeerID":"{{Peer}}","Maddrs":null,"ConnectDuration":"soon","ConnectErrorStr":""}""", "not a duration")]
    [InlineData($$"""{"ID":"{{Peer}}","Addrs":["/ip4/192.0.2.1/tcp/2","/ip4/192.0.2.1/tcp/1/p2p/{{Other}}"]}""", "address of another peer")]
    [InlineData($$"""{"ID":"{{Peer}}","Addrs":["/ip4/192.0.2.1/tcp/2","/p2p/{{Peer}}"]}""", "no address before /p2p")]
    [InlineData($$"""{"PeerID":"{{Peer}}","Maddrs":["/ip4/192.0.2.1/tcp/1/p2p/{{Other}}"]}""", "address of another peer")]
    [InlineData($$"""{"PeerID":"{{Peer}}","ListenMaddrs":["/ip4/192.0.2.1/tcp/1/p2p/{{Other}}"]}""", "address of another peer")]
    [InlineData($$"""{"PeerID":"{{Peer}}","ConnectMaddr":"/ip4/192.0.2.1/tcp/1/p2p/{{Other}}"}""", "address of another peer")]
    [InlineData($$"""{"ev":"node:start","peerId":"{{Peer}}","listenAddrs":["/ip4/192.0.2.1/tcp/1/p2p/{{Other}}"]}""", "address of another peer")]
    [InlineData($$"""{"ev":"peer:identify","peerId":"{{Peer}}","listenAddrs":["/ip4/192.0.2.1/tcp/1/p2p/{{Other}}"]}""", "address of another peer")]
    public async Task A_bad_line_has_a_number_and_a_reason(string line, string reason)
    {
        var ingestion = await Ingestion.OfAsync("# remark", line, "/ip4/192.0.2.1/tcp/1/p2p/" + Peer);

        var bad = Assert.Single(ingestion.BadLines);
        Assert.Equal(2, bad.Line);
        Assert.Equal(reason, bad.Reason);
        Assert.Equal(1, ingestion.Summary.BadLines[reason]);
        Assert.Equal(1, ingestion.Summary.Lines.Good);
        Assert.Equal(1, ingestion.Summary.Lines.Blank);
        Assert.Single(await ingestion.PeersAsync());
    }

    [Fact]
    public async Task AddrInfo_of_go_is_stored()
    {
        var ingestion = await Ingestion.OfAsync(
            $$"""{"ID":"{{Peer}}","Addrs":["/ip4/192.0.2.1/tcp/1","/ip4/192.0.2.2/tcp/2/p2p/{{Peer}}"]}""");

        Assert.Equal(
            ["/ip4/192.0.2.1/tcp/1", "/ip4/192.0.2.2/tcp/2"], await ingestion.AddressesAsync(PeerId), StringComparer.Ordinal);
    }

    [Fact]
    public async Task AddrInfo_without_addresses_makes_no_peer_known()
    {
        var ingestion = await Ingestion.OfAsync($$"""{"ID":"{{Peer}}","Addrs":null}""");

        Assert.Equal(1, ingestion.Summary.Lines.Good);
        Assert.Empty(await ingestion.PeersAsync());
        Assert.Equal(0, ingestion.Summary.Peers);
    }

    [Fact]
    public async Task A_visit_that_worked_tells_what_the_peer_says()
    {
        var ingestion = await Ingestion.OfAsync(
            $$"""
            {"PeerID":"{{Peer}}","Maddrs":["/ip4/192.0.2.1/tcp/1"],"ListenMaddrs":["/ip4/192.0.2.2/tcp/2"],"ConnectMaddr":"/ip4/192.0.2.3/tcp/3","Protocols":["/ipfs/id/1.0.0"],"AgentVersion":"kubo/0.30.0/","ConnectDuration":"1.234567s","ConnectErrorStr":"","CrawlErrorStr":"","Properties":null}
            """);

        Assert.Equal(1, ingestion.Summary.DialsThatWorked);
        Assert.Equal("kubo/0.30.0/", await ingestion.AgentAsync(PeerId));
        var details = await ingestion.Store.Addresses.GetDetailsAsync(PeerId, Cancellation);
        Assert.Equal(
            ["/ip4/192.0.2.1/tcp/1 Added", "/ip4/192.0.2.2/tcp/2 Announced", "/ip4/192.0.2.3/tcp/3 Added"],
            details.Select(address => $"{address.Address} {address.Source}").Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Null(await ingestion.Store.Metrics.GetLatencyAsync(PeerId, Cancellation));
    }

    [Fact]
    public async Task A_visit_that_failed_tells_nothing_about_agent_and_protocols()
    {
        var ingestion = await Ingestion.OfAsync(
            $$"""{"PeerID":"{{Peer}}","Maddrs":["/ip4/192.0.2.1/tcp/1"],"Protocols":["/a"],"AgentVersion":"old","ConnectMaddr":"/ip4/192.0.2.3/tcp/3","ConnectErrorStr":"connection_refused","ConnectDuration":"5s"}""");

        Assert.Equal(1, ingestion.Summary.DialsThatFailed);
        Assert.Equal(["/ip4/192.0.2.1/tcp/1"], await ingestion.AddressesAsync(PeerId), StringComparer.Ordinal);
        Assert.Empty(await ingestion.Store.Protocols.GetAsync(PeerId, Cancellation));
        Assert.Null(await ingestion.AgentAsync(PeerId));
    }

    [Theory]
    [InlineData("connection_refused", 2)]
    [InlineData("", 1)]
    public async Task A_visit_that_failed_is_no_word_of_the_peers(string error, int addresses)
    {
        var ingestion = await Ingestion.OfAsync(
            $$"""{"PeerID":"{{Peer}}","Maddrs":["/ip4/192.0.2.1/tcp/1"],"ListenMaddrs":["/ip4/192.0.2.2/tcp/2"],"ConnectErrorStr":""}""",
            $$"""{"PeerID":"{{Peer}}","Maddrs":[],"ListenMaddrs":[],"ConnectErrorStr":"{{error}}"}""");

        Assert.Equal(addresses, (await ingestion.AddressesAsync(PeerId)).Count);
    }

    [Theory]
    [InlineData(""","Protocols":["/a"]""")]
    [InlineData(""","AgentVersion":"kubo" """)]
    [InlineData(""","ConnectMaddr":"/ip4/192.0.2.3/tcp/3","Maddrs":null,"ListenMaddrs":null""")]
    public async Task A_visit_is_known_by_any_of_its_fields(string fields)
    {
        var ingestion = await Ingestion.OfAsync($$"""{"PeerID":"{{Peer}}"{{fields}}}""");

        Assert.Equal([PeerId], await ingestion.PeersAsync());
    }

    [Fact]
    public async Task A_visit_of_nothing_but_null_is_a_visit()
    {
        var ingestion = await Ingestion.OfAsync($$"""{"PeerID":"{{Peer}}","Maddrs":null,"ListenMaddrs":null,"Protocols":null}""");

        Assert.Empty(ingestion.BadLines);
    }

    [Theory]
    [InlineData("""{"a":}""", "'}' is an invalid start of a value (at position 5)")]
    [InlineData("/ip4/1.2.3.4/tcp/65536", "the rule broken at position ")]
    [InlineData($$"""{"ID":"{{Peer}}","Addrs":["x"]}""", "Addrs: the rule broken at position 0: ")]
    public async Task The_detail_of_a_bad_line_has_no_line_number_of_its_own_and_names_the_rule_as_broken(string line, string detail)
    {
        var bad = Assert.Single((await Ingestion.OfAsync("# remark", line)).BadLines);

        Assert.StartsWith(detail, bad.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", bad.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_may_have_null_for_everything_that_Go_leaves_nil()
    {
        var ingestion = await Ingestion.OfAsync(
            $$"""{"PeerID":"{{Peer}}","Maddrs":[],"ListenMaddrs":null,"ConnectMaddr":null,"Protocols":null,"AgentVersion":"","ConnectErrorStr":""}""");

        Assert.Equal(1, ingestion.Summary.Lines.Good);
        Assert.Empty(await ingestion.PeersAsync());
    }

    [Fact]
    public async Task All_formats_may_stand_in_one_file()
    {
        var ingestion = await Ingestion.OfAsync(
            "/ip4/192.0.2.1/tcp/1/p2p/" + Peer,
            $$"""{"ID":"{{Peer}}","Addrs":["/ip4/192.0.2.1/tcp/2"]}""",
            $$"""{"PeerID":"{{Peer}}","Maddrs":["/ip4/192.0.2.1/tcp/3"]}""",
            $$"""{"ev":"node:start","peerId":"{{Peer}}","listenAddrs":["/ip4/192.0.2.1/tcp/4"]}""");

        Assert.Equal(4, (await ingestion.AddressesAsync(PeerId)).Count);
        Assert.Equal(AddressTtl.Address, (await ingestion.Store.Addresses.GetDetailsAsync(PeerId, Cancellation))[0].Ttl);
    }
}
