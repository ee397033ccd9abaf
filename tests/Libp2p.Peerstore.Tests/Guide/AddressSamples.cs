namespace Libp2p.Peerstore.Tests;

public class AddressSamples
{
    [Fact]
    public async Task Adding_and_asking()
    {
        await using var store = MemoryPeerstore.Create();
        #region addresses-add
        var address = Multiaddr.Parse("/ip4/203.0.113.7/tcp/4001");
        var peer = PeerId.Parse("12D3KooWQNLE3ef33Tc2Nk3QKERKaXCLkfPrp2SjqQGWLDrEkBdw");

        var changes = await store.Addresses.AddAsync(peer, [address], AddressTtl.Address);
        var best = (await store.Addresses.GetAsync(peer))[0];
        #endregion

        Assert.Equal(1, changes.Added);
        Assert.Equal(address, best);
    }

    [Fact]
    public async Task Many_peers_in_one_call()
    {
        var (peer, other) = (Sample.NewPeer(), Sample.NewPeer());
        await using var store = MemoryPeerstore.Create();
        #region addresses-batch
        AddressInfo[] heard = [new(peer, [Multiaddr.Parse("/ip4/203.0.113.7/tcp/4001")]), new(other, [])];
        await store.Addresses.AddAsync(heard, AddressTtl.Temporary);

        var infos = await store.GetInfoAsync([other, peer]); // In the order asked.

        await foreach (var known in store.Addresses.GetPeersAsync())
        {
            Console.WriteLine(known);
        }
        #endregion

        Assert.Equal([0, 1], infos.Select(static info => info.Addresses.Count));
    }

    [Fact]
    public async Task What_a_peer_says_of_itself()
    {
        await using var store = MemoryPeerstore.Create();
        var (peer, listenAddresses) = (Sample.NewPeer(), new[] { Sample.Tcp });
        await store.Addresses.AnnounceAsync(peer, [Sample.Quic], AddressTtl.Address);
        #region addresses-announce
        // What the peer said before and says no longer goes; what others said of it stays.
        await store.Addresses.AnnounceAsync(peer, listenAddresses, AddressTtl.Address);

        foreach (var details in await store.Addresses.GetDetailsAsync(peer))
        {
            Console.WriteLine($"{details.Address} until {details.Expires:u}, {details.Source}");
        }
        #endregion

        Assert.Equal(listenAddresses, await store.Addresses.GetAsync(peer));
    }

    [Fact]
    public async Task Following_a_peer()
    {
        await using var store = MemoryPeerstore.Create();
        var (peer, dialed) = (Sample.NewPeer(), new List<Multiaddr>());
        await store.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Address);
        using var stop = new CancellationTokenSource();
        var cancellationToken = stop.Token;
        await store.Addresses.AddAsync(peer, [Sample.Quic], AddressTtl.Temporary);
        bool IsConnected() => dialed.Count == 2;
        void Dial(Multiaddr address) => dialed.Add(address);
        #region addresses-watch
        // Those known now, best first, then each new one as it is added.
        await foreach (var next in store.Addresses.WatchAsync(peer, cancellationToken))
        {
            if (next.Kind == AddressEventKind.Resync)
            {
                continue; // This reader fell behind: all addresses known now follow.
            }

            Dial(next.Address);
            if (IsConnected())
            {
                break;
            }
        }
        #endregion

        Assert.Equal([Sample.Tcp, Sample.Quic], dialed);
    }
}
