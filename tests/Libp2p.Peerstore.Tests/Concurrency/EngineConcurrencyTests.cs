namespace Libp2p.Peerstore.Tests;

public class EngineConcurrencyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_records_offered_at_once_the_newer_one_stays()
    {
        // js-libp2p can be left with the older one: it reads, decides and writes in three steps.
        var key = Sample.NewKey();
        var (older, newer) = (Sample.Record(key, 1, Sample.Tcp), Sample.Record(key, 2, Sample.Quic));
        await using var store = MemoryPeerstore.Create();
        store.Addresses.TryGetCertified(out var records);
        for (var i = 0; i < 2_000; i++)
        {
            await Task.WhenAll(
                Task.Run(() => records!.ConsumeAsync(older, Sample.Hour, Token).AsTask(), Token),
                Task.Run(() => records!.ConsumeAsync(newer, Sample.Hour, Token).AsTask(), Token));
            var stored = await records!.GetRecordAsync(newer.Peer, Token);
            Assert.True(newer.Envelope.Bytes.Span.SequenceEqual(stored!.Bytes.Span));
            await store.Addresses.ClearAsync(newer.Peer, Token);
        }
    }

    [Theory]
    [InlineData(FullPolicy.RefuseNew)]
    [InlineData(FullPolicy.EvictLeastValuable)]
    public async Task Counters_are_right_after_many_threads_changed_the_same_peers(FullPolicy policy)
    {
        var clock = new Testing.ManualTimeProvider();
        using var engine = new PeerstoreEngine(
            new() { MaxAddresses = 50, MaxAddressesPerPeer = 8, WhenFull = policy, SweepInterval = TimeSpan.Zero }, clock);
        var store = new EngineStore(engine);
        PeerId[] peers = [.. Enumerable.Range(0, 10).Select(static _ => Sample.NewPeer())];
        TimeSpan[] lifetimes = [Sample.Minute, Sample.Hour, AddressTtl.Connected, AddressTtl.Permanent, TimeSpan.Zero];
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 5_000; i++)
            {
                var peer = peers[random.Next(peers.Length)];
                Multiaddr[] address = [Sample.Address(random.Next(12))];
                var lifetime = lifetimes[random.Next(lifetimes.Length)];
                _ = random.Next(5) switch
                {
                    0 => await store.Addresses.AddAsync(peer, address, lifetime, Token),
                    1 => await store.Addresses.SetAsync(peer, address, lifetime, Token),
                    2 => await store.Addresses.AnnounceAsync(peer, address, lifetime, Token),
                    3 => await store.Addresses.UpdateAsync(peer, lifetime, lifetimes[random.Next(lifetimes.Length)], Token),
                    _ => (await store.Addresses.GetAsync(peer, Token)).Count > 100 ? throw new InvalidOperationException() : default,
                };
                Assert.InRange(engine.AddressCount, 0, 50);
            }
        })));

        var mortal = 0;
        foreach (var peer in peers)
        {
            var details = await store.Addresses.GetDetailsAsync(peer, Token);
            mortal += details.Count(static address => address.Ttl < AddressTtl.Connected);
        }

        Assert.Equal(mortal, engine.AddressCount);
        clock.Advance(Sample.Hour);
        Assert.Equal(mortal, engine.Sweep());
        Assert.Equal(0, engine.AddressCount);
    }

    [Fact]
    public async Task The_sweep_runs_by_the_clock()
    {
        var clock = new Testing.ManualTimeProvider();
        using var engine = new PeerstoreEngine(new() { SweepInterval = Sample.Minute }, clock);
        var store = new EngineStore(engine);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Minute, Token);

        clock.Advance(Sample.Minute);
        Assert.Equal(0, engine.AddressCount);
    }
}
