using System.Text;

namespace Libp2p.Tests;

public sealed class MultiaddrProperties
{
    private const int Rounds = 5_000;

    [Fact]
    public void Decoding_keeps_the_bytes() => Seeded.Run(Rounds, random =>
    {
        var bytes = random.MultiaddrBytes();
        Assert.Equal(bytes, Multiaddr.Decode(bytes).Bytes.ToArray());
    });

    [Fact]
    public void Parsing_undoes_formatting() => Seeded.Run(Rounds, random =>
    {
        var address = Multiaddr.Decode(random.MultiaddrBytes());
        Assert.Equal(address, Multiaddr.Parse(address.ToString()));
        Assert.Equal(address.ToString(), Multiaddr.Parse(address.ToString()).ToString());
        Assert.True(Multiaddr.TryParse(Encoding.UTF8.GetBytes(address.ToString()), DecodeLimits.Default, out var again, out _));
        Assert.Equal(address, again);
        Assert.Equal(address.GetHashCode(), again.GetHashCode());
    });

    [Fact]
    public void What_is_within_the_limits_in_bytes_is_so_in_text() => Seeded.Run(20, random =>
    {
        foreach (var protocol in MultiaddrProtocol.All)
        {
            // As many of one protocol as fit, and no byte of room.
            var components = Enumerable.Range(0, protocol.IsPath ? 1 : 100).SelectMany(_ => random.ComponentBytes(protocol)).ToArray();
            var limits = new DecodeLimits { MaxMultiaddrBytes = components.Length };
            Assert.True(Multiaddr.TryDecode(components, limits, out var address, out var error), $"{protocol}: {error}");

            Assert.True(Multiaddr.TryParse(address.ToString(), limits, out var fromText, out error), $"{protocol}: {error}");
            Assert.Equal(address, fromText);
            Assert.True(Multiaddr.TryParse(Encoding.UTF8.GetBytes(address.ToString()), limits, out var fromUtf8, out error), $"{protocol}: {error}");
            Assert.Equal(address, fromUtf8);
        }
    });

    [Fact]
    public void Both_forms_of_text_have_the_same_limit()
    {
        var limits = new DecodeLimits { MaxMultiaddrBytes = 10 };
        foreach (var text in new[] { "/tcp/" + new string('0', 84) + "1", "/tcp/" + new string('0', 85) + "1", "/dns/" + new string('ü', 43) })
        {
            var taken = Multiaddr.TryParse(text, limits, out _, out var error);

            Assert.Equal(taken, Multiaddr.TryParse(Encoding.UTF8.GetBytes(text), limits, out _, out var utf8Error));
            Assert.Equal(error.Rule, utf8Error.Rule);
            Assert.Equal(Encoding.UTF8.GetByteCount(text) <= 90, taken || !error.Rule.Contains("nine times", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_components_are_the_address() => Seeded.Run(Rounds, random =>
    {
        var address = Multiaddr.Decode(random.MultiaddrBytes());
        Assert.Equal(address.ToString(), string.Concat(address.Components.Select(c => c.ToString())));
        Assert.Equal(address, address.Components.Aggregate(default(Multiaddr), (a, c) => a.Encapsulate(Multiaddr.Parse(c.ToString()))));
    });

    [Fact]
    public void Decapsulating_undoes_encapsulating() => Seeded.Run(Rounds, random =>
    {
        var (outer, inner) = (Multiaddr.Decode(random.MultiaddrBytes()), Multiaddr.Decode(random.MultiaddrBytes()));
        if (outer.Components.Last().Protocol.IsPath)
        {
            Assert.Throws<InvalidOperationException>(() => outer.Encapsulate(inner));
            return;
        }

        // Behind the outer one the inner one may begin again within itself (/ws/ws), never before.
        Assert.StartsWith(outer.ToString(), outer.Encapsulate(inner).Decapsulate(inner).ToString(), StringComparison.Ordinal);
        Assert.Equal(outer.Bytes.Length + inner.Bytes.Length, outer.Encapsulate(inner).Bytes.Length);
    });

    [Fact]
    public void Splitting_undoes_adding_a_peer() => Seeded.Run(Rounds, random =>
    {
        var (address, peer) = (Multiaddr.Decode(random.MultiaddrBytes()), PeerId.Decode(random.PeerBytes()));
        if (address.Components.Last().Protocol is { IsPath: true } or { Name: "p2p" })
        {
            return;
        }

        Assert.True(address.WithPeer(peer).TrySplitPeer(out var transport, out var split));
        Assert.Equal((address, peer), (transport, split));
        Assert.Equal(address, address.WithPeer(peer).Decapsulate(Multiaddr.Parse($"/p2p/{peer}")));
    });
}
