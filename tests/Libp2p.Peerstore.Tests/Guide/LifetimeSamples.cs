using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

public class LifetimeSamples
{
    [Fact]
    public async Task From_a_connection_to_its_end()
    {
        await using var store = MemoryPeerstore.Create();
        var (peer, address) = (Sample.NewPeer(), Sample.Tcp);
        #region lifetimes-connection
        // Connected: the address in use has no end.
        await store.Addresses.AddAsync(peer, [address], AddressTtl.Connected);

        // Disconnected: it was good a moment ago, and lives 15 minutes more.
        await store.Addresses.UpdateAsync(peer, AddressTtl.Connected, AddressTtl.RecentlyConnected);
        #endregion

        Assert.Equal(AddressTtl.RecentlyConnected, (await store.Addresses.GetDetailsAsync(peer))[0].Ttl);
    }

    [Fact]
    public async Task Adding_setting_and_removing()
    {
        await using var store = MemoryPeerstore.Create();
        var (peer, address) = (Sample.NewPeer(), Sample.Tcp);
        #region lifetimes-set
        await store.Addresses.AddAsync(peer, [address], TimeSpan.FromHours(1));
        await store.Addresses.AddAsync(peer, [address], TimeSpan.FromMinutes(1)); // Still an hour: adding never shortens.
        await store.Addresses.SetAsync(peer, [address], TimeSpan.FromMinutes(1)); // One minute: setting does.
        await store.Addresses.SetAsync(peer, [address], TimeSpan.Zero); // Gone.
        #endregion

        Assert.Empty(await store.Addresses.GetAsync(peer));
    }

    [Fact]
    public async Task A_test_with_a_clock()
    {
        var (peer, address) = (Sample.NewPeer(), Sample.Tcp);
        #region lifetimes-clock
        var clock = new ManualTimeProvider();
        await using var store = MemoryPeerstore.Create(timeProvider: clock);
        await store.Addresses.AddAsync(peer, [address], AddressTtl.Temporary);

        clock.Advance(AddressTtl.Temporary);
        var left = await store.Addresses.GetAsync(peer);
        #endregion

        Assert.Empty(left);
    }

    [Fact]
    public async Task Limits()
    {
        #region lifetimes-limits
        var options = new PeerstoreOptions
        {
            MaxAddresses = 100_000,
            MaxAddressesPerPeer = 16,
            WhenFull = FullPolicy.EvictLeastValuable,
        };
        await using var store = MemoryPeerstore.Create(options);
        #endregion

        Multiaddr[] addresses = [.. Enumerable.Range(0, 20).Select(Sample.Address)];
        Assert.Equal(4, (await store.Addresses.AddAsync(Sample.NewPeer(), addresses, AddressTtl.Address)).Evicted);
    }
}
