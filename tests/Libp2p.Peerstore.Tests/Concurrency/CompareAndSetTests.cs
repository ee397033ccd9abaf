namespace Libp2p.Peerstore.Tests;

public class CompareAndSetTests
{
    private const string Counter = "counter";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task No_increment_by_compare_and_set_is_lost(StoreKind kind)
    {
        const int Threads = 8;
        const int Increments = 250;
        await using var store = await TestStore.OpenAsync(kind);
        var peer = Sample.NewPeer();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Increments; i++)
            {
                while (await TryIncrementAsync(store.Peers, peer) != PeerEditOutcome.Applied)
                {
                    // Somebody else was quicker.
                }
            }
        })));

        Assert.Equal(Threads * Increments, await store.Peers.Metadata.GetAsync<int>(peer, Counter, Token));
    }

    private static async Task<PeerEditOutcome> TryIncrementAsync(IPeerstore store, PeerId peer)
    {
        // What is read after the version is as old as the version, if nobody has changed anything since.
        var version = (await store.GetSnapshotAsync(peer, Token)).Version;
        var count = (await store.Metadata.TryGetAsync<int>(peer, Counter, Token)).TryGet(out var known) ? known : 0;
        return await store.UpdatePeerAsync(peer, version, edit => edit.SetMetadata(Counter, count + 1), Token);
    }
}
