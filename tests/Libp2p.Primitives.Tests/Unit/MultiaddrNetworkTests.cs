using System.Net;

namespace Libp2p.Tests;

public sealed class MultiaddrNetworkTests
{
    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/1", "loopback")]
    [InlineData("/ip4/127.255.255.255", "loopback")]
    [InlineData("/ip6/::1", "loopback")]
    [InlineData("/ip6/::ffff:127.0.0.1", "loopback")]
    [InlineData("/ip6zone/lo/ip6/::1/tcp/1", "loopback")]
    [InlineData("/ip4/10.0.0.0", "private")]
    [InlineData("/ip4/172.16.0.1", "private")]
    [InlineData("/ip4/172.31.255.255", "private")]
    [InlineData("/ip4/192.168.1.1", "private")]
    [InlineData("/ip4/100.64.0.0", "private")]
    [InlineData("/ip4/100.127.255.255", "private")]
    [InlineData("/ip4/169.254.1.1", "private")]
    [InlineData("/ip6/fc00::", "private")]
    [InlineData("/ip6/fdff::1", "private")]
    [InlineData("/ip6/fe80::1", "private")]
    [InlineData("/ip6/febf::1", "private")]
    [InlineData("/ip6/::ffff:10.0.0.1", "private")]
    [InlineData("/ip6zone/eth0/ip6/fe80::1/udp/1", "private")]
    [InlineData("/ip4/1.2.3.4", "public")]
    [InlineData("/ip4/172.15.255.255", "public")]
    [InlineData("/ip4/172.32.0.0", "public")]
    [InlineData("/ip4/100.63.255.255", "public")]
    [InlineData("/ip4/100.128.0.0", "public")]
    [InlineData("/ip4/223.255.255.255", "public")]
    [InlineData("/ip6/2001:db7::1", "public")]
    [InlineData("/ip6/2604:1380::1", "public")]
    [InlineData("/ip6/::ffff:1.2.3.4", "public")]
    [InlineData("/ip4/0.0.0.0", "ip")]
    [InlineData("/ip4/224.0.0.1", "ip")]
    [InlineData("/ip4/255.255.255.255", "ip")]
    [InlineData("/ip4/192.0.2.1", "ip")]
    [InlineData("/ip4/198.18.0.1", "ip")]
    [InlineData("/ip4/198.51.100.1", "ip")]
    [InlineData("/ip4/203.0.113.1", "ip")]
    [InlineData("/ip6/::", "ip")]
    [InlineData("/ip6/::2", "ip")]
    [InlineData("/ip6/ff02::1", "ip")]
    [InlineData("/ip6/fec0::1", "ip")]
    [InlineData("/ip6/2001:db8::1", "ip")]
    [InlineData("/dns4/example.com", "dns")]
    [InlineData("/dns/example.com", "dns")]
    [InlineData("/dns6/example.com", "dns")]
    [InlineData("/dnsaddr/example.com", "dns")]
    [InlineData("/tcp/1/ip4/127.0.0.1", "none")]
    [InlineData("/ip6zone/eth0/ip4/127.0.0.1", "none")]
    [InlineData("/ip6zone/eth0", "none")]
    [InlineData("/memory/1", "none")]
    public void The_kind_of_an_address_is_that_of_its_beginning(string text, string kind)
    {
        var address = Multiaddr.Parse(text);
        Assert.Equal(kind is not "dns" and not "none", address.IsIp);
        Assert.Equal(kind is "loopback", address.IsLoopback);
        Assert.Equal(kind is "private", address.IsPrivate);
        Assert.Equal(kind is "public", address.IsPublic);
        Assert.Equal(kind is "dns", address.IsDns);
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/80/ws", "1.2.3.4:80")]
    [InlineData("/ip4/1.2.3.4/udp/65535/quic-v1", "1.2.3.4:65535")]
    [InlineData("/ip6/2001:db8::1/udp/1", "[2001:db8::1]:1")]
    [InlineData("/ip6zone/3/ip6/fe80::1/tcp/1", "[fe80::1%3]:1")]
    [InlineData("/ip6zone/eth0/ip6/fe80::1/tcp/1", "[fe80::1]:1")]
    public void An_ip_address_and_a_port_are_an_end_point(string text, string endPoint)
    {
        Assert.True(Multiaddr.Parse(text).TryGetIPEndPoint(out var actual));
        Assert.Equal(IPEndPoint.Parse(endPoint), actual);
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4")]
    [InlineData("/ip4/1.2.3.4/sctp/1")]
    [InlineData("/ip4/1.2.3.4/ipcidr/8/tcp/1")]
    [InlineData("/dns4/example.com/tcp/1")]
    [InlineData("/tcp/1")]
    public void Other_addresses_are_none(string text) => Assert.False(Multiaddr.Parse(text).TryGetIPEndPoint(out _));

    [Fact]
    public void An_address_with_a_circuit_is_relayed()
    {
        Assert.True(Multiaddr.Parse("/ip4/1.2.3.4/tcp/1/p2p-circuit").IsRelayed);
        Assert.False(Multiaddr.Parse("/ip4/1.2.3.4/tcp/1").IsRelayed);
        Assert.False(Multiaddr.Parse("/unix/p2p-circuit").IsRelayed);
    }
}
