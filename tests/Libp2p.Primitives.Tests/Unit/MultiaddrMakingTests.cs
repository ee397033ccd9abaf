using System.Net;

namespace Libp2p.Tests;

public sealed class MultiaddrMakingTests
{
    [Theory]
    [InlineData("192.0.2.1:4001", "/ip4/192.0.2.1/tcp/4001")]
    [InlineData("0.0.0.0:0", "/ip4/0.0.0.0/tcp/0")]
    [InlineData("[2001:db8::1]:65535", "/ip6/2001:db8::1/tcp/65535")]
    [InlineData("[::ffff:192.0.2.1]:1", "/ip4/192.0.2.1/tcp/1")]
    [InlineData("[fe80::1%7]:1", "/ip6zone/7/ip6/fe80::1/tcp/1")]
    public void The_endpoint_of_a_socket_becomes_an_address(string endPoint, string expected)
    {
        var socket = IPEndPoint.Parse(endPoint);

        Assert.Equal(expected, Multiaddr.FromIPEndPoint(socket, MultiaddrProtocol.Tcp).ToString());
        Assert.Equal(expected.Replace("tcp", "udp", StringComparison.Ordinal), Multiaddr.FromIPEndPoint(socket, MultiaddrProtocol.Udp).ToString());
        Assert.True(Multiaddr.FromIPEndPoint(socket, MultiaddrProtocol.Udp).TryGetIPEndPoint(out var back));
        Assert.Equal(socket.Port, back.Port);
        Assert.Equal(socket.Address.IsIPv4MappedToIPv6 ? socket.Address.MapToIPv4() : socket.Address, back.Address);
    }

    [Fact]
    public void One_component_is_made_of_a_protocol_and_bytes()
    {
        Assert.Equal("/quic-v1", Multiaddr.From(MultiaddrProtocol.QuicV1).ToString());
        Assert.Equal("/tcp/4001", Multiaddr.From(MultiaddrProtocol.Tcp, [0x0f, 0xa1]).ToString());
        Assert.Equal("/dns/example.org", Multiaddr.From(MultiaddrProtocol.Dns, "example.org"u8).ToString());
        Assert.Equal(200, Multiaddr.From(MultiaddrProtocol.Unix, [(byte)'/', .. Enumerable.Repeat((byte)'a', 199)]).Components.Single().Value.Length);
    }

    [Fact]
    public void What_is_no_value_of_the_protocol_is_the_caller_s_mistake()
    {
        Assert.Throws<ArgumentException>(() => Multiaddr.From(MultiaddrProtocol.Tcp, [1]));
        Assert.Throws<ArgumentException>(() => Multiaddr.From(MultiaddrProtocol.Tcp, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Multiaddr.From(MultiaddrProtocol.Tcp, [1, 2, 0xdd, 0x03]));
        Assert.Throws<ArgumentException>(() => Multiaddr.From(MultiaddrProtocol.Ws, [0xdd, 0x03]));
        Assert.Throws<ArgumentException>(() => Multiaddr.From(MultiaddrProtocol.Dns));
        Assert.Throws<ArgumentException>(() => Multiaddr.From(MultiaddrProtocol.P2P, [1, 2]));
        Assert.Throws<ArgumentNullException>(() => Multiaddr.From(null!));
        Assert.Throws<ArgumentNullException>(() => Multiaddr.FromIPEndPoint(null!, MultiaddrProtocol.Tcp));
        Assert.Throws<ArgumentNullException>(() => Multiaddr.FromIPEndPoint(new IPEndPoint(0, 0), null!));
        Assert.Throws<ArgumentException>(() => Multiaddr.FromIPEndPoint(new IPEndPoint(0, 0), MultiaddrProtocol.Ws));
    }

    [Fact]
    public void The_first_component_of_a_protocol_is_found()
    {
        var address = Multiaddr.Parse("/ip4/192.0.2.1/tcp/1/tcp/2");

        Assert.True(address.TryGetValue(MultiaddrProtocol.Tcp, out var port));
        Assert.Equal("1", port.GetValueText());
        Assert.False(address.TryGetValue(MultiaddrProtocol.Udp, out var none));
        Assert.Equal(default, none);
        Assert.Throws<ArgumentNullException>(() => address.TryGetValue(null!, out _));
    }

    [Fact]
    public void Components_are_equal_when_their_bytes_are()
    {
        var one = Multiaddr.Parse("/ip4/192.0.2.1/tcp/1").Components.Last();
        var same = Multiaddr.Parse("/tcp/1/ws").Components.First();
        var other = Multiaddr.Parse("/udp/1").Components.First();

        Assert.True(one == same && one.Equals((object)same) && one.GetHashCode() == same.GetHashCode());
        Assert.True(one != other && !one.Equals("tcp"));
    }

    [Fact]
    public void No_component_has_nothing_and_throws_nothing()
    {
        var none = default(MultiaddrComponent);

        Assert.Null(none.Protocol);
        Assert.True(none.Value.IsEmpty);
        Assert.Equal(("", "", default(MultiaddrComponent).GetHashCode()), (none.ToString(), none.GetValueText(), none.GetHashCode()));
        Assert.True(none == default && none != Multiaddr.Parse("/ws").Components.First());
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/65536", 17)]
    [InlineData("/ws/p2p/Qm0", 10)]
    [InlineData("/dns/ü/p2p/12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggP_4", 61)]
    [InlineData("/ws/certhash/uEi!", 16)]
    [InlineData("/ws/http-path/a%2", 15)]
    [InlineData("/onion/timaq4ygg2iegci7:0", 24)]
    [InlineData("/onion/tim_q4ygg2iegci7:1", 10)]
    public void An_error_in_a_value_names_the_character_from_the_address_on(string text, int position)
    {
        Assert.False(Multiaddr.TryParse(text, DecodeLimits.Default, out _, out var error));

        Assert.True(position == error.Position, $"{error}");
    }

    [Fact]
    public void Limits_are_not_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MaxMultiaddrBytes", () => new DecodeLimits { MaxMultiaddrBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxMultiaddrComponents", () => new DecodeLimits { MaxMultiaddrComponents = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxKeyBytes", () => new DecodeLimits { MaxKeyBytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("MaxEnvelopeBytes", () => new DecodeLimits { MaxEnvelopeBytes = int.MinValue });
        Assert.Throws<ArgumentOutOfRangeException>("MaxRecordAddresses", () => new DecodeLimits { MaxRecordAddresses = -1 });
        Assert.False(Multiaddr.TryParse("/ws", new DecodeLimits { MaxMultiaddrBytes = 0 }, out _, out _));
    }
}
