namespace Libp2p.Tests;

public sealed class PeerIdProperties
{
    [Fact]
    public void Decoding_keeps_the_bytes() => Seeded.Run(5_000, random =>
    {
        var bytes = random.PeerBytes();
        Assert.Equal(bytes, PeerId.Decode(bytes).ToArray());
        Assert.Equal(bytes.Length, PeerId.Decode(bytes).Length);
    });

    [Fact]
    public void Parsing_undoes_formatting_where_go_s_does() => Seeded.Run(5_000, random =>
    {
        var peer = PeerId.Decode(random.PeerBytes());
        Assert.Equal(peer, PeerId.Parse(peer.ToString()));
        Assert.Equal(peer.GetHashCode(), PeerId.Parse(peer.ToString()).GetHashCode());
    });

    [Fact]
    public void Parsing_undoes_every_cid() => Seeded.Run(500, random =>
    {
        var peer = PeerId.Decode(random.PeerBytes());
        foreach (var encoding in Enum.GetValues<Multibase>().Except([Multibase.None]))
        {
            Assert.Equal(peer, PeerId.Parse(peer.ToCid(encoding)));
        }
    });

    [Fact]
    public void Order_and_equality_agree_with_the_bytes() => Seeded.Run(5_000, random =>
    {
        var (a, b) = (random.PeerBytes(), random.PeerBytes());
        if (random.Next(2) == 0)
        {
            b = [.. a];
            b[^1] ^= (byte)(b.Length > 2 ? random.Next(2) : 0);
        }

        var (left, right) = (PeerId.Decode(a), PeerId.Decode(b));
        Assert.Equal(a.AsSpan().SequenceEqual(b), left == right);
        Assert.Equal(Math.Sign(a.AsSpan().SequenceCompareTo(b)), Math.Sign(left.CompareTo(right)));
    });
}
