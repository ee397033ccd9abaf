namespace Libp2p.Tests;

public sealed class MultiaddrComposingTests
{
    private const string Peer = "12D3KooWLT7SBmmzQFvoabqGmPXtXbTU731K1maRSXhDaixggPw4";
    private const string Other = "QmSkPNi4rSpfqTbBkiVYCXTmRVcDpF15qnw9Q9J7F2HtFn";

    [Fact]
    public void Encapsulating_puts_one_address_behind_the_other()
    {
        var outer = Multiaddr.Parse("/ip4/1.2.3.4");
        Assert.Equal("/ip4/1.2.3.4/tcp/1/ws", outer.Encapsulate(Multiaddr.Parse("/tcp/1/ws")).ToString());
        Assert.Equal(outer, outer.Encapsulate(default));
        Assert.Equal(outer, default(Multiaddr).Encapsulate(outer));
    }

    [Fact]
    public void Nothing_stands_behind_a_path()
    {
        var path = Multiaddr.Parse("/tcp/1/unix/a");
        Assert.Throws<InvalidOperationException>(() => path.Encapsulate(Multiaddr.Parse("/ws")));
        Assert.Throws<InvalidOperationException>(() => path.WithPeer(PeerId.Parse(Peer)));
        Assert.Equal(path, path.Encapsulate(default));
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/1/ws", "/tcp/1", "/ip4/1.2.3.4")]
    [InlineData("/ip4/1.2.3.4/tcp/1/ws", "/tcp/1/ws", "/ip4/1.2.3.4")]
    [InlineData("/ip4/1.2.3.4/tcp/1/ws", "/tcp/2", "/ip4/1.2.3.4/tcp/1/ws")]
    [InlineData("/ip4/1.2.3.4/tcp/1/ws", "/ip4/1.2.3.4", "")]
    [InlineData("/ws/tls/ws/tls/ws", "/ws/tls", "/ws/tls")]
    [InlineData("/ws/ws/ws", "/ws", "/ws/ws")]
    [InlineData("/ws/ws/ws", "/ws/ws", "/ws")]
    [InlineData("/dns4/x/tcp/1", "/dns4/x/tcp/1/ws", "/dns4/x/tcp/1")]
    public void Decapsulating_removes_the_last_occurrence_and_all_behind(string address, string inner, string expected) =>
        Assert.Equal(expected, Multiaddr.Parse(address).Decapsulate(Multiaddr.Parse(inner)).ToString());

    [Fact]
    public void Decapsulating_matches_components_and_not_bytes_within_values()
    {
        // The name holds the bytes of /tcp/1.
        var address = Multiaddr.Decode([54, 3, 6, 0, 1]);
        Assert.Equal(address, address.Decapsulate(Multiaddr.Parse("/tcp/1")));
        Assert.Equal(address, address.Decapsulate(default));
    }

    [Theory]
    [InlineData($"/ip4/1.2.3.4/tcp/1/p2p/{Peer}", "/ip4/1.2.3.4/tcp/1", Peer)]
    [InlineData($"/p2p/{Peer}", "", Peer)]
    [InlineData($"/p2p/{Other}/p2p-circuit/p2p/{Peer}", $"/p2p/{Other}/p2p-circuit", Peer)]
    public void A_peer_id_at_the_end_is_split_off(string address, string transport, string peer)
    {
        Assert.True(Multiaddr.Parse(address).TrySplitPeer(out var rest, out var id));
        Assert.Equal((transport, peer), (rest.ToString(), id.ToString()));
        if (!rest.IsEmpty)
        {
            Assert.Equal(address, rest.WithPeer(id).ToString());
        }
    }

    [Theory]
    [InlineData("/ip4/1.2.3.4/tcp/1")]
    [InlineData($"/p2p/{Peer}/p2p-circuit")]
    [InlineData($"/unix/p2p/{Peer}")]
    public void Without_one_the_address_stays_whole(string address)
    {
        Assert.False(Multiaddr.Parse(address).TrySplitPeer(out var rest, out var id));
        Assert.Equal((address, true), (rest.ToString(), id.IsEmpty));
    }

    [Fact]
    public void A_suffix_is_not_put_twice()
    {
        var address = Multiaddr.Parse("/tcp/1").WithPeer(PeerId.Parse(Peer));
        Assert.Equal($"/tcp/1/p2p/{Peer}", address.ToString());
        Assert.Equal(address, address.WithPeer(PeerId.Parse(Peer)));
        Assert.Throws<ArgumentException>(() => address.WithPeer(PeerId.Parse(Other)));
        Assert.Throws<ArgumentException>(() => address.WithPeer(default));
        Assert.Throws<ArgumentException>(() => address.WithPeer(PeerId.Decode([0x11, 1, 2])));
    }

    [Theory]
    [InlineData("/unix/a/path", Peer)]
    [InlineData($"/tcp/1/p2p/{Other}", Peer)]
    [InlineData("/tcp/1", null)]
    [InlineData("/tcp/1", "110102")]
    public void Where_no_peer_id_can_stand_the_try_form_says_so_without_throwing(string address, string? peer)
    {
        var id = peer is null ? default : peer.StartsWith('1') && peer.Length < 10 ? PeerId.Decode(Convert.FromHexString(peer)) : PeerId.Parse(peer);

        Assert.False(Multiaddr.Parse(address).TryWithPeer(id, out var result));

        Assert.True(result.IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/tcp/1")]
    [InlineData($"/tcp/1/p2p/{Peer}")]
    [InlineData($"/p2p/{Other}/p2p-circuit")]
    public void Where_it_can_stand_both_forms_put_it_there(string address)
    {
        var outer = address.Length == 0 ? default : Multiaddr.Parse(address);

        Assert.True(outer.TryWithPeer(PeerId.Parse(Peer), out var result));

        Assert.EndsWith($"/p2p/{Peer}", result.ToString(), StringComparison.Ordinal);
        Assert.Equal(result, outer.WithPeer(PeerId.Parse(Peer)));
    }
}
