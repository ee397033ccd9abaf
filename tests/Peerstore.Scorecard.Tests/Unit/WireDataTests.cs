using Libp2p;
using Peerstore.Scorecard.Data;

namespace Peerstore.Scorecard.Tests;

public sealed class WireDataTests
{
    private readonly WireData _data = new(seed: 1);

    [Fact]
    public void An_even_peer_has_web_transport()
    {
        var texts = Texts(4);
        Assert.Equal(WireData.AddressCount, texts.Length);
        Assert.Matches(@"^/ip4/[0-9.]+/tcp/\d+$", texts[0]);
        Assert.Matches(@"^/ip4/[0-9.]+/udp/\d+/quic-v1$", texts[1]);
        Assert.Matches(@"^/ip6/2001:[0-9a-f:]+/tcp/\d+$", texts[2]);
        Assert.Matches(@"^/ip6/2001:[0-9a-f:]+/udp/\d+/quic-v1$", texts[3]);
        Assert.Matches(@"^/ip4/[0-9.]+/udp/\d+/quic-v1/webtransport(/certhash/u[\w-]+){2}$", texts[4]);
    }

    [Fact]
    public void An_odd_peer_is_reached_over_one_of_64_relays()
    {
        HashSet<string> relays = [.. Enumerable.Range(0, 5_000).Select(i => Texts((2 * i) + 1)[4])];
        Assert.Equal(WireData.RelayCount, relays.Count);
        Assert.All(relays, static relay => Assert.Matches(@"^/ip4/[0-9.]+/tcp/4001/p2p/12D3KooW\w+/p2p-circuit$", relay));
    }

    [Fact]
    public void The_same_number_gives_the_same_peer_and_another_seed_another()
    {
        var again = new WireData(seed: 1);
        var other = new WireData(seed: 2);
        Assert.Equal(_data.Id(7), again.Id(7));
        Assert.Equal(_data.Addresses(7), again.Addresses(7));
        Assert.NotEqual(_data.Id(7), other.Id(7));
        Assert.NotEqual(_data.Addresses(7), other.Addresses(7));
    }

    [Fact]
    public void Peers_have_ids_of_their_own_that_hold_an_Ed25519_key()
    {
        PeerId[] ids = [.. Enumerable.Range(-WireData.RelayCount, 10_000).Select(_data.Id)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, static id => Assert.True(id.TryGetPublicKey(out var key) && key.Type == KeyType.Ed25519));
    }

    [Fact]
    public void The_addresses_of_a_peer_are_five_different_ones() =>
        Assert.All(Enumerable.Range(0, 1_000), number => Assert.Equal(5, _data.Addresses(number).Distinct().Count()));

    [Fact]
    public void Twelve_protocols_are_read_anew_each_time()
    {
        var first = WireData.Protocols();
        Assert.Equal(12, first.Distinct(StringComparer.Ordinal).Count());
        Assert.All(first.Zip(WireData.Protocols()), static pair => Assert.NotSame(pair.First, pair.Second));
    }

    private string[] Texts(int number) => Array.ConvertAll(_data.Addresses(number), static address => address.ToString());
}
