namespace Libp2p.Peerstore.Tests;

/// <summary>Peers that an index, or a queue of ends, cannot tell apart.</summary>
public sealed class CollisionTests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1 << 13);

    private readonly Testing.ManualTimeProvider _clock = new();
    private readonly List<PeerstoreEngine> _engines = [];
    private PeerId[] _pair = [];

    public enum Alike
    {
        InHash,
        InPrefix,
    }

    public static TheoryData<Alike> Kinds { get; } = new(Alike.InHash, Alike.InPrefix);

    /// <summary>By how much later the other one ends: not at all, within the unit of the queue, in the next one, far away.</summary>
    public static TheoryData<Alike, int, bool> Ends { get; } =
        [.. from kind in Enum.GetValues<Alike>() from later in (int[])[0, 1, 1 << 13, 100 << 13] from first in (bool[])[false, true] select (kind, later, first)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        foreach (var engine in _engines)
        {
            Assert.Empty(engine.Check());
            engine.Dispose();
        }
    }

    [Fact]
    public void The_pairs_are_what_they_are_said_to_be()
    {
        var (same, near) = (CollidingPeers.OfSameHash, CollidingPeers.OfSamePrefix);
        Assert.NotEqual(same[0], same[1]);
        Assert.Equal(PeerIndex.HashOf(same[0]), PeerIndex.HashOf(same[1]));
        Assert.NotEqual(PeerIndex.HashOf(near[0]), PeerIndex.HashOf(near[1]));
        Assert.All([same, near], static pair =>
        {
            Assert.Equal(PeerstoreEngine.ShardNumberOf(pair[0]), PeerstoreEngine.ShardNumberOf(pair[1]));
            Assert.Equal(PeerIndex.PrefixOf(PeerIndex.HashOf(pair[0])), PeerIndex.PrefixOf(PeerIndex.HashOf(pair[1])));
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Removing_one_leaves_the_other(Alike alike)
    {
        var store = Open(alike, new());
        foreach (var (removed, other) in new[] { (_pair[0], _pair[1]), (_pair[1], _pair[0]) })
        {
            await store.Addresses.ClearAsync(removed, Token);
            await store.Addresses.ClearAsync(other, Token);
            await store.Addresses.AddAsync(removed, [Sample.Tcp], Sample.Hour, Token);
            await store.Addresses.AddAsync(other, [Sample.Quic], Sample.Hour, Token);
            Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(removed, Token));
            Assert.Equal([Sample.Quic], await store.Addresses.GetAsync(other, Token));
            Assert.Equal([.. _pair], await store.GetPeersAsync(Token).ToSetAsync());

            await store.Addresses.ClearAsync(removed, Token);
            Assert.Empty(await store.Addresses.GetAsync(removed, Token));
            Assert.Equal([Sample.Quic], await store.Addresses.GetAsync(other, Token));
            Assert.Equal([other], await store.GetPeersAsync(Token).ToSetAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Each_is_swept_at_its_own_end(Alike alike, int later, bool isFirstSooner)
    {
        var store = Open(alike, new());
        var (soon, late) = isFirstSooner ? (_pair[0], _pair[1]) : (_pair[1], _pair[0]);
        var end = 10 * Tick;
        await store.Addresses.AddAsync(soon, [Sample.Tcp], end, Token);
        await store.Addresses.AddAsync(late, [Sample.Quic, Sample.Six], end + TimeSpan.FromTicks(later), Token);
        await store.Addresses.AddAsync(late, [Sample.Address(1)], Sample.Hour, Token);
        _clock.Advance(end - TimeSpan.FromTicks(1));
        Assert.Equal(0, store.Engine.Sweep());

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(later == 0 ? 3 : 1, store.Engine.Sweep());
        Assert.Empty(store.Engine.Check());
        _clock.Advance(TimeSpan.FromTicks(later));
        Assert.Equal(later == 0 ? 0 : 2, store.Engine.Sweep());
        Assert.Equal([Sample.Address(1)], await store.Addresses.GetAsync(late, Token));
        _clock.Advance(Sample.Hour);
        Assert.Equal(1, store.Engine.Sweep());
        Assert.Equal(0, store.Engine.PeerCount);
    }

    /// <summary>At the same front of a queue stand the victim and the one for whom it makes room.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_one_that_asks_for_room_is_not_its_own_victim(Alike alike)
    {
        var store = Open(alike, new() { MaxAddresses = 2 });
        foreach (var asking in _pair)
        {
            var victim = asking == _pair[0] ? _pair[1] : _pair[0];
            await store.Addresses.ClearAsync(asking, Token);
            await store.Addresses.ClearAsync(victim, Token);
            await store.Addresses.AddAsync(asking, [Sample.Tcp], Sample.Hour, Token);
            await store.Addresses.AddAsync(victim, [Sample.Quic], Sample.Hour, Token);
            await store.Addresses.AddAsync(asking, [Sample.Six], Sample.Hour, Token);
            Assert.Empty(await store.Addresses.GetAsync(victim, Token));
            Assert.Equal(2, (await store.Addresses.GetAsync(asking, Token)).Count);

            await store.Addresses.AddAsync(victim, [Sample.Quic], Sample.Minute, Token);
            Assert.Single(await store.Addresses.GetAsync(asking, Token));
            Assert.Empty(store.Engine.Check());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_one_that_ends_sooner_makes_room_for_another_peer(Alike alike)
    {
        var store = Open(alike, new() { MaxPeers = 2 });
        for (var i = 0; i < 20; i++)
        {
            var (sooner, later) = (_pair[i % 2], _pair[1 - (i % 2)]);
            await store.Addresses.SetAsync(sooner, [Sample.Tcp], Sample.Minute, Token);
            await store.Addresses.SetAsync(later, [Sample.Quic], Sample.Minute + Tick, Token);
            var other = RandomIds.Next();
            await store.Addresses.AddAsync(other, [Sample.Six], Sample.Hour, Token);
            Assert.Equal([later, other], await store.GetPeersAsync(Token).ToSetAsync());
            await store.Addresses.ClearAsync(later, Token);
            await store.Addresses.ClearAsync(other, Token);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Together_they_are_what_each_would_be_alone(Alike alike)
    {
        var (random, store) = (Seeded.Start(), Open(alike, new()));
        EngineStore[] alone = [Open(alike, new()), Open(alike, new())];
        for (var i = 0; i < 5_000; i++)
        {
            var which = random.Next(2);
            var next = random.Next();
            await ChangeAsync(store, _pair[which], new(next));
            await ChangeAsync(alone[which], _pair[which], new(next));
            _clock.Advance(Tick * random.Next(3));
            if (random.Next(4) == 0)
            {
                Assert.Equal(alone.Sum(static other => other.Engine.Sweep()), store.Engine.Sweep());
            }

            Assert.Equal(Encode(alone[0], _pair[0]), Encode(store, _pair[0]));
            Assert.Equal(Encode(alone[1], _pair[1]), Encode(store, _pair[1]));
            Assert.Equal(alone.Sum(static other => other.Engine.PeerCount), store.Engine.PeerCount);
        }

        Assert.Empty(store.Engine.Check());
    }

    private static async Task ChangeAsync(EngineStore store, PeerId peer, Random random)
    {
        var (address, lifetime) = (Sample.Address(random.Next(4)), Tick * random.Next(1, 30));
        switch (random.Next(5))
        {
            case 0:
                await store.Addresses.SetAsync(peer, [address], lifetime, Token);
                break;
            case 1:
                await store.Metadata.SetAsync(peer, "key", new byte[random.Next(10_000)], Token);
                break;
            case 2:
                await store.Addresses.ClearAsync(peer, Token);
                break;
            case 3:
                await store.RemovePeerAsync(peer, Token);
                break;
            default:
                await store.Addresses.AddAsync(peer, [address], lifetime, Token);
                break;
        }
    }

    private static byte[] Encode(EngineStore store, PeerId peer)
    {
        var output = new EntryBuffer();
        return store.Engine.TryEncode(peer, output) ? output.Written.ToArray() : [];
    }

    private EngineStore Open(Alike alike, PeerstoreOptions options)
    {
        _pair = alike == Alike.InHash ? CollidingPeers.OfSameHash : CollidingPeers.OfSamePrefix;
        _engines.Add(new(options with { SweepInterval = TimeSpan.Zero }, _clock));
        return new(_engines[^1]);
    }
}
