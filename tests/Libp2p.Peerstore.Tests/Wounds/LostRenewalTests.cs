namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 1 of the field: js-libp2p keeps the first observation of an address, whatever comes later.</summary>
public class LostRenewalTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Every_sighting_renews_an_address(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        for (var i = 0; i < 10; i++)
        {
            await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Minute, Token);
            store.Clock.Advance(Sample.Minute - Tick);
            Assert.Single(await store.Addresses.GetAsync(_peer, Token));
        }
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_seen_at_0_and_200_ms_for_300_ms_is_alive_at_400_ms(StoreKind kind)
    {
        // The figures of js-libp2p's fault: there it is gone.
        await using var store = await TestStore.OpenAsync(kind);
        var lifetime = TimeSpan.FromMilliseconds(300);
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], lifetime, Token);
        store.Clock.Advance(TimeSpan.FromMilliseconds(200));
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], lifetime, Token);
        store.Clock.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(_peer, Token));
    }
}
