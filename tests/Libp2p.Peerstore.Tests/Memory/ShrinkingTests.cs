namespace Libp2p.Peerstore.Tests;

public class ShrinkingTests
{
    private const int Burst = 100_000;
    private const int Staying = 10_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_burst_has_expired_memory_is_what_the_remaining_peers_need()
    {
        var clock = new Testing.ManualTimeProvider();
        using var engine = new PeerstoreEngine(
            new() { MaxAddresses = int.MaxValue, SweepInterval = TimeSpan.Zero }, clock);
        await using var store = new MemoryPeerstore(engine);
        await FillAsync(store, Staying, Sample.Hour);
        var needed = engine.UsedBytes;
        await FillAsync(store, Burst, Sample.Minute);
        Assert.True(engine.UsedBytes > 8 * needed);

        clock.Advance(Sample.Minute);
        Assert.Equal(3 * Burst, engine.Sweep());
        Assert.Empty(engine.Check());
        Assert.InRange(engine.UsedBytes, 1, (long)(1.3 * needed));
        Assert.Equal(Staying, (await store.GetPeersAsync(Token).ToSetAsync()).Count);
    }

    [Fact]
    public async Task A_sweep_ends_whatever_has_shrunk()
    {
        using var engine = new PeerstoreEngine(new() { SweepInterval = TimeSpan.Zero }, new Testing.ManualTimeProvider());
        await using var store = new MemoryPeerstore(engine);
        await FillAsync(store, 1_000, Sample.Hour);
        var peer = NewId();
        await store.Metadata.SetAsync(peer, "a", new byte[60_000], Token);
        await store.Metadata.SetAsync(peer, "b", new byte[60_000], Token);
        await store.Metadata.RemoveAsync(peer, "a", Token);
        await Task.Run(engine.Sweep, Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
        await store.Metadata.RemoveAsync(peer, "b", Token);
        await Task.Run(engine.Sweep, Token).WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Empty(engine.Check());
    }

    [Fact]
    public async Task Protocol_sets_are_kept_once_and_let_go_with_their_last_peer()
    {
        using var engine = new PeerstoreEngine(new() { MaxProtocolSetBytes = 300 }, new Testing.ManualTimeProvider());
        await using var store = new MemoryPeerstore(engine);
        PeerId[] peers = [.. Enumerable.Range(0, 50).Select(static _ => Sample.NewPeer())];
        foreach (var peer in peers)
        {
            Assert.Equal(ProtocolOutcome.Stored, await store.Protocols.SetAsync(peer, ["/ipfs/ping/1.0.0", "/ipfs/id/1.0.0"], Token));
        }

        Assert.Equal(ProtocolOutcome.NoRoom, await store.Protocols.SetAsync(peers[0], ["/ipfs/kad/1.0.0", "/other/of/many/bytes"], Token));
        Assert.Equal(2, (await store.Protocols.GetAsync(peers[0], Token)).Count);
        foreach (var peer in peers)
        {
            await store.Protocols.RemovePeerAsync(peer, Token);
        }

        Assert.Equal(ProtocolOutcome.Stored, await store.Protocols.SetAsync(peers[0], ["/ipfs/kad/1.0.0", "/other/of/many/bytes"], Token));
    }

    private static async Task FillAsync(MemoryPeerstore store, int peers, TimeSpan ttl)
    {
        for (var i = 0; i < peers; i++)
        {
            await store.Addresses.AddAsync(NewId(), [Sample.Tcp, Sample.Quic, Sample.Six], ttl, Token);
        }
    }

    /// <summary>An ID as that of an Ed25519 key, without the time it takes to make one.</summary>
    private static PeerId NewId()
    {
        byte[] id = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20, .. new byte[32]];
        Random.Shared.NextBytes(id.AsSpan(6));
        return PeerId.Decode(id);
    }
}
