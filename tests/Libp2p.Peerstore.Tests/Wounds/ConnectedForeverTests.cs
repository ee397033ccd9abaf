namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 2 of the field: in go-libp2p an address that was once connected never returns to the expiry heap.</summary>
public class ConnectedForeverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_that_was_once_connected_is_swept_like_any_other(StoreKind kind)
    {
        // There, 1000 of 1000 were still held two hours after their 15 minutes.
        await using var store = await TestStore.OpenAsync(kind);
        for (var i = 0; i < 1000; i++)
        {
            var peer = Sample.NewPeer();
            await store.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Connected, Token);
            await store.Addresses.UpdateAsync(peer, AddressTtl.Connected, AddressTtl.RecentlyConnected, Token);
        }

        Assert.Equal(0, await store.SweepAsync());
        store.Clock.Advance(AddressTtl.RecentlyConnected);
        Assert.Equal(1000, await store.SweepAsync());
        Assert.Equal(0, await store.SweepAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_whose_lifetime_is_set_instead_of_updated_is_swept_too(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var peer = Sample.NewPeer();
        await store.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Connected, Token);
        await store.Addresses.SetAsync(peer, [Sample.Tcp], AddressTtl.RecentlyConnected, Token);

        store.Clock.Advance(AddressTtl.RecentlyConnected);
        Assert.Equal(1, await store.SweepAsync());
    }
}
