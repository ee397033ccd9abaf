using System.Text;
using System.Text.Json;

namespace Libp2p.Tests;

public sealed class MultiaddrVectors
{
    [Fact]
    public void The_table_of_protocols_is_go_s()
    {
        var expected = ValueVectors.Multiaddrs.Items("protocols")
            .Select(p => (p.Text("name"), p.GetProperty("code").GetInt32(), p.GetProperty("size").GetInt32(), p.GetProperty("path").GetBoolean()));
        Assert.Equal(expected, MultiaddrProtocol.All.Select(p => (p.Name, p.Code, p.Size, p.IsPath)));
    }

    [Fact]
    public void Valid_texts_have_go_s_bytes_canonical_text_and_components()
    {
        foreach (var item in ValueVectors.Multiaddrs.Items("valid"))
        {
            var text = item.Text("string");
            if (item.TryGetProperty("quirk", out _))
            {
                // go reads beyond the end of what it decoded; the document itself says that nobody should.
                Assert.False(Multiaddr.TryParse(text, out _), text);
                continue;
            }

            var address = Multiaddr.Parse(text);
            AssertIs(item, address);
            Assert.Equal(address, Multiaddr.Parse(item.Text("canonical")));
            Assert.Equal(address, Multiaddr.Decode(item.Hex("bytes")));
        }
    }

    [Fact]
    public void Valid_bytes_have_go_s_canonical_text_and_components()
    {
        foreach (var item in ValueVectors.Multiaddrs.Items("validBytes"))
        {
            AssertIs(item, Multiaddr.Decode(item.Hex("bytes")));
        }
    }

    [Fact]
    public void Invalid_texts_are_refused_with_a_rule()
    {
        foreach (var item in ValueVectors.Multiaddrs.Items("invalidStrings"))
        {
            var text = item.Text("string");
            Assert.False(Multiaddr.TryParse(text, DecodeLimits.Default, out var address, out var error), text);
            Assert.True(address.IsEmpty);
            Assert.NotNull(error.Rule);
            Assert.InRange(error.Position, 0, text.Length);
        }
    }

    [Fact]
    public void Invalid_bytes_are_refused_with_a_rule()
    {
        foreach (var item in ValueVectors.Multiaddrs.Items("invalidBytes"))
        {
            var bytes = item.Hex("bytes");
            Assert.False(Multiaddr.TryDecode(bytes, DecodeLimits.Default, out var address, out var error), item.Text("about"));
            Assert.True(address.IsEmpty);
            Assert.NotNull(error.Rule);
            Assert.InRange(error.Position, 0, bytes.Length);
        }
    }

    private static void AssertIs(JsonElement item, Multiaddr address)
    {
        Assert.Equal(item.Text("bytes"), Convert.ToHexStringLower(address.Bytes));
        var utf8 = new byte[4096];
        Assert.True(address.TryFormat(utf8, out var written, default, null));
        if (item.TryGetProperty("canonicalIsNotUtf8", out var notUtf8) && notUtf8.GetBoolean())
        {
            Assert.Equal(item.Text("canonicalHex"), Convert.ToHexStringLower(utf8.AsSpan(0, written)));
            Assert.Contains('\uFFFD', address.ToString());
        }
        else
        {
            Assert.Equal(item.Text("canonical"), address.ToString());
            Assert.Equal(item.Text("canonical"), Encoding.UTF8.GetString(utf8, 0, written));
        }

        var components = item.Items("protocols").Select(c => (
            c.Text("name"),
            c.TryGetProperty("valueBytes", out var bytes) ? bytes.GetString()! : "",
            c.TryGetProperty("value", out var value) ? value.GetString()! : ""));
        Assert.Equal(components, address.Components.Select(c => (c.Protocol.Name, Convert.ToHexStringLower(c.Value), c.GetValueText())));
    }
}
