using Libp2p;
using Peerstore.Cli.Output;

namespace Peerstore.Cli.Tests;

public sealed class TransportNameTests
{
    [Theory]
    [InlineData("/ip4/192.0.2.1/tcp/4001", "ip4/tcp")]
    [InlineData("/ip6/2001:db8::1/udp/4001/quic-v1", "ip6/quic-v1")]
    [InlineData("/ip4/192.0.2.1/udp/4001/quic-v1/webtransport", "ip4/webtransport")]
    [InlineData("/ip4/192.0.2.1/udp/4001/webrtc-direct", "ip4/webrtc-direct")]
    [InlineData("/dns4/example.org/tcp/443/wss", "dns4/wss")]
    [InlineData("/dns4/example.org/tcp/443/tls/ws", "dns4/wss")]
    [InlineData("/dns4/example.org/tcp/443/tls/sni/example.org/ws", "dns4/wss")]
    [InlineData("/ip4/192.0.2.1/tcp/80/ws", "ip4/ws")]
    [InlineData("/dnsaddr/bootstrap.libp2p.io", "dnsaddr")]
    [InlineData("/dns/tcp/udp/1", "dns/udp")]
    [InlineData("/dns4/p2p-circuit/tcp/1", "dns4/tcp")]
    [InlineData("/ip4/192.0.2.1/tcp/1/p2p/12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4/p2p-circuit", "p2p-circuit")]
    [InlineData("/unix/tmp/tcp", "unix")]
    public void An_address_is_counted_by_where_and_how(string address, string name) =>
        Assert.Equal(name, TransportName.Of(Multiaddr.Parse(address)));

    [Fact]
    public void No_address_has_no_transport() => Assert.Equal("none", TransportName.Of(default));
}
