using System.Text;
using System.Text.Json;

namespace Libp2p.Tests;

public sealed class MultiaddrTests
{
    private const string Peer = "12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";

    [Fact]
    public void The_default_has_no_components()
    {
        Assert.True(default(Multiaddr).IsEmpty);
        Assert.True(default(Multiaddr).Bytes.IsEmpty);
        Assert.Equal("", default(Multiaddr).ToString());
        Assert.Empty(default(Multiaddr).Components);
        Assert.Equal(default, Multiaddr.FromTrusted([]));
        Assert.Equal(default(Multiaddr).GetHashCode(), Multiaddr.FromTrusted([]).GetHashCode());
        Assert.False(default(Multiaddr).IsIp || default(Multiaddr).IsDns || default(Multiaddr).IsPublic);
        Assert.False(default(Multiaddr).TryGetIPEndPoint(out _));
        Assert.False(default(Multiaddr).TrySplitPeer(out _, out _));
    }

    [Fact]
    public void Equality_is_that_of_the_bytes()
    {
        var a = Multiaddr.Parse("/ip4/1.2.3.4/tcp/080/");
        var b = Multiaddr.Parse("/ip4/1.2.3.4/tcp/80");
        Assert.True(a == b && a.Equals((object)b) && a.GetHashCode() == b.GetHashCode() && a.CompareTo(b) == 0);
        Assert.True(a != Multiaddr.Parse("/ip4/1.2.3.4/udp/80"));
        Assert.True(a.CompareTo(Multiaddr.Parse("/ip4/1.2.3.5/tcp/80")) < 0);
        Assert.False(a.Equals(null));
    }

    [Fact]
    public void Bytes_given_in_are_copied()
    {
        var bytes = Multiaddr.Parse("/ip4/1.2.3.4").Bytes.ToArray();
        var address = Multiaddr.Decode(bytes);
        bytes[^1] = 99;
        Assert.Equal("/ip4/1.2.3.4", address.ToString());
    }

    [Theory]
    [InlineData("", 0, "a multiaddr has at least one component")]
    [InlineData("ip4", 0, "the text of a multiaddr begins with '/'")]
    [InlineData("/ip4/1.2.3.4/nope", 13, "a component of a multiaddr begins with the name of a known protocol")]
    [InlineData("/ip4/1.2.3.4/tcp", 16, "the name of a protocol that takes a value is followed by the value")]
    [InlineData("/dns4/ü/tcp/x", 12, "a port is a decimal number from 0 to 65535")]
    [InlineData("/dns4/🚀/tcp/x", 13, "a port is a decimal number from 0 to 65535")]
    public void An_error_in_text_names_the_rule_and_the_character(string text, int position, string rule)
    {
        Assert.False(Multiaddr.TryParse(text, DecodeLimits.Default, out _, out var error));
        Assert.Equal(new DecodeError(rule, position), error);
        Assert.Contains(rule, Assert.Throws<FormatException>(() => Multiaddr.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_surrogate_is_no_text()
    {
        Assert.False(Multiaddr.TryParse("/dns4/x\ud83d", DecodeLimits.Default, out _, out var error));
        Assert.Equal(new DecodeError("the text of a multiaddr is well-formed Unicode", 7), error);
    }

    [Theory]
    [InlineData("", 0, "a multiaddr has at least one component")]
    [InlineData("040102030401", 5, "a component of a multiaddr begins with the code of a known protocol")]
    [InlineData("04010203040601", 6, "the value of a component is complete")]
    [InlineData("3600", 1, "the value of a component is not empty")]
    [InlineData("3603612f62", 3, "a name is not empty and has no slash")]
    [InlineData("9003022f61dd03", 5, "nothing follows a component that is a path")]
    [InlineData("0401020304a5030101", 8, "a multihash has at least 2 bytes")]
    [InlineData("04010203048101", 5, "a component of a multiaddr begins with the code of a known protocol")]
    [InlineData("04010203048100", 5, "a varint has no more bytes than it needs")]
    public void An_error_in_bytes_names_the_rule_and_the_byte(string hex, int position, string rule)
    {
        Assert.False(Multiaddr.TryDecode(Convert.FromHexString(hex), DecodeLimits.Default, out _, out var error));
        Assert.Equal(new DecodeError(rule, position), error);
    }

    [Fact]
    public void Limits_hold_to_the_byte_and_to_the_component()
    {
        var limits = new DecodeLimits { MaxMultiaddrBytes = 10, MaxMultiaddrComponents = 3 };
        Accepted("/ws/ws/ws");
        Refused("/ws/ws/ws/ws", "a multiaddr stays within the limit on its components");
        Accepted("/dns/12345678");
        Refused("/dns/123456789", "a multiaddr stays within the limit on its bytes");
        Refused("/dns/" + new string('x', 86), "the text of a multiaddr stays within nine times the limit on its bytes");

        void Accepted(string text)
        {
            Assert.True(Multiaddr.TryParse(text, limits, out var address, out _));
            Assert.True(Multiaddr.TryDecode(address.Bytes, limits, out _, out _));
        }

        void Refused(string text, string rule)
        {
            Assert.False(Multiaddr.TryParse(text, limits, out _, out var error));
            Assert.Equal(rule, error.Rule);
            Assert.False(Multiaddr.TryDecode(Multiaddr.Parse(text).Bytes, limits, out _, out _));
        }
    }

    [Fact]
    public void A_long_value_has_a_long_length()
    {
        var text = "/dns/" + new string('x', 300);
        Assert.Equal(text, Multiaddr.Parse(text).ToString());
        Assert.Equal(1 + 2 + 300, Multiaddr.Parse(text).Bytes.Length);
        Assert.Equal("/unix/" + new string('y', 1500), Multiaddr.Parse("/unix/" + new string('y', 1500)).ToString());
    }

    [Fact]
    public void Values_that_are_not_utf8_survive_in_utf8()
    {
        var address = Multiaddr.Decode([54, 2, 0xFF, 0xFE]);
        Assert.Equal("/dns4/\uFFFD\uFFFD", address.ToString());
        var utf8 = new byte[16];
        Assert.True(address.TryFormat(utf8, out var written, default, null));
        Assert.Equal("/dns4/"u8.ToArray().Concat(new byte[] { 0xFF, 0xFE }), utf8[..written]);
        Assert.True(Multiaddr.TryParse(utf8.AsSpan(0, written), DecodeLimits.Default, out var back, out _));
        Assert.Equal(address, back);
    }

    [Fact]
    public void Formatting_needs_room_for_the_whole_text()
    {
        const string Text = "/ip4/1.2.3.4/tcp/80";
        var address = Multiaddr.Parse(Text);
        var chars = new char[Text.Length];
        Assert.True(address.TryFormat(chars, out var written, default, null));
        Assert.Equal(Text, new string(chars, 0, written));
        Assert.False(address.TryFormat(chars.AsSpan(1), out _, default, null));
        var utf8 = new byte[Text.Length];
        Assert.True(address.TryFormat(utf8, out written, default, null));
        Assert.Equal(Text, Encoding.UTF8.GetString(utf8, 0, written));
        Assert.False(address.TryFormat(utf8.AsSpan(1), out written, default, null));
        Assert.Equal(0, written);
        Assert.Equal(Text, $"{address}");
    }

    [Fact]
    public void Components_show_protocol_value_and_text()
    {
        var components = Multiaddr.Parse("/ip4/1.2.3.4/udp/4001/quic-v1").Components.ToArray();
        Assert.Equal([MultiaddrProtocol.Ip4, MultiaddrProtocol.Udp, MultiaddrProtocol.QuicV1], components.Select(c => c.Protocol));
        Assert.Equal("1.2.3.4 4001 ", string.Join(' ', components.Select(c => c.GetValueText())));
        Assert.Equal("/ip4/1.2.3.4 /udp/4001 /quic-v1", string.Join(' ', components));
        Assert.Equal([0x0F, 0xA1], components[1].Value.ToArray());
    }

    [Fact]
    public void Enumerating_components_and_formatting_allocates_nothing()
    {
        var address = Multiaddr.Parse($"/ip4/1.2.3.4/udp/4001/quic-v1/p2p/{Peer}");
        var utf8 = new byte[256];
        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Use();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Use()
        {
            foreach (var component in address.Components)
            {
                _ = component.Value.Length;
            }

            _ = address.TryFormat(utf8, out _, default, null);
            _ = address.IsPublic && address.IsRelayed;
        }
    }

    [Fact]
    public void Protocols_are_found_by_code_and_name()
    {
        foreach (var protocol in MultiaddrProtocol.All)
        {
            Assert.True(MultiaddrProtocol.TryGet(protocol.Code, out var byCode));
            Assert.Same(protocol, byCode);
            Assert.True(MultiaddrProtocol.TryGet(protocol.Name, out var byName));
            Assert.Same(protocol, byName);
            Assert.Equal(protocol.Name, protocol.ToString());
        }

        Assert.True(MultiaddrProtocol.TryGet("ipfs", out var alias));
        Assert.Same(MultiaddrProtocol.P2P, alias);
        Assert.False(MultiaddrProtocol.TryGet(-1, out _));
        Assert.False(MultiaddrProtocol.TryGet(5, out _));
        Assert.False(MultiaddrProtocol.TryGet("", out _));
        Assert.False(MultiaddrProtocol.TryGet("TCP", out _));
        Assert.False(MultiaddrProtocol.TryGet("ü", out _));
        Assert.False(MultiaddrProtocol.TryGet(new string('x', 100), out _));
    }

    [Fact]
    public void Json_holds_the_text_as_value_and_as_name_of_a_property()
    {
        var value = new Dictionary<Multiaddr, Multiaddr[]> { [Multiaddr.Parse("/ws")] = [Multiaddr.Parse("/ip4/1.2.3.4"), default] };
        var json = JsonSerializer.Serialize(value);
        Assert.Equal("""{"/ws":["/ip4/1.2.3.4",""]}""", json);
        var back = JsonSerializer.Deserialize<Dictionary<Multiaddr, Multiaddr[]>>(json)!;
        Assert.Equal(value[Multiaddr.Parse("/ws")], back[Multiaddr.Parse("/ws")]);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Multiaddr>("\"/nope\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Multiaddr>("{}"));
    }

    [Theory]
    [InlineData("/onion/timaq4yg\ng2iegci7:80", "/onion/timaq4ygg2iegci7:80")]
    [InlineData("/certhash/uEwMBAg\nM", "/certhash/uEwMBAgM")]
    [InlineData("/http-path/%c3%bc+%20", "/http-path/%C3%BC++")]
    [InlineData("/ip6/1.2.3.4", "/ip6/::ffff:1.2.3.4")]
    [InlineData("/garlic32/2kbfulq2r36hmxqsrzl4sordbokyubkkm3gdirrsg45tidsjnvkq====", "/garlic32/2kbfulq2r36hmxqsrzl4sordbokyubkkm3gdirrsg45tidsjnvkq")]
    [InlineData("/garlic32/2kbfulq2r36hmxqsrzl4sordbokyubkkm3gdirrsg45tidsjnvkq=", "/garlic32/2kbfulq2r36hmxqsrzl4sordbokyubkkm3gdirrsg45tidsjnvkq")]
    public void Oddities_that_go_reads_are_read(string text, string canonical) => Assert.Equal(canonical, Multiaddr.Parse(text).ToString());

    [Theory]
    [InlineData("/onion/tımaq4ygg2iegci7:80")]
    [InlineData("/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyy=:80")]
    [InlineData("/onion3/vww6ybal4bd7szmgncyruucpgfkqahzddi37ktceo3ah7ngmcopnpyy\n:80")]
    [InlineData("/certhash/\0\0\0")]
    [InlineData("/garlic32/2kbfulq2r36hmxqsrzl4sordbokyubkkm3gdirrsg45tidsjnvkq=a==")]
    public void What_is_refused_on_purpose_is_refused(string text) => Assert.False(Multiaddr.TryParse(text, out _));
}
