using System.Text;

namespace Libp2p.Tests;

public class MultiaddrProperties
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
