namespace Libp2p.Peerstore.Tests;

/// <summary>A store is disposed in the middle of everything that can be done with it.</summary>
public class DisposalRaceTests
{
    private const int Rounds = 60;
    private const int Calls = 400;
    private const int Disposers = 2;

    private static readonly PeerstoreOptions Tight = new() { MaxPeers = 40, MaxAddresses = 60, MaxSignedRecords = 5, SweepInterval = TimeSpan.Zero };

    private readonly PeerId[] _peers = [.. Enumerable.Range(0, 60).Select(static _ => RandomIds.Next())];
    private readonly PeerRecord[] _records = [.. Enumerable.Range(0, 10).Select(static i => Sample.Record(Sample.NewKey(), 1, Sample.Address(i)))];
    private int _answered;
    private int _refused;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_is_answered_or_told_and_all_memory_goes_back()
    {
        var clock = new Testing.ManualTimeProvider();
        Action<EngineStore, Random>[] roles = [Read, Read, Write, Write, (store, random) => Sweep(store, clock, random), List];
        using var threads = new WorkerThreads(roles.Length + Disposers);
        for (var round = 0; round < Rounds; round++)
        {
            var use = new MemoryUse();
            var store = new EngineStore(new PeerstoreEngine(Tight, clock, use));
            var watching = WatchAsync(store);
            var (called, disposeAt, seed) = (0, Random.Shared.Next(roles.Length * Calls), round);
            threads.RunRound(number =>
            {
                if (number >= roles.Length)
                {
                    DisposeAfter(store.Engine, ref called, disposeAt);
                    return;
                }

                var random = new Random((seed * roles.Length) + number);
                for (var i = 0; i < Calls; i++, Interlocked.Increment(ref called))
                {
                    Count(() => roles[number](store, random));
                }
            });

            await watching;
            Assert.Equal(0, use.Bytes);
            AssertClosed(store);
        }

        // Otherwise nothing has been shown.
        Assert.InRange(_answered, Rounds, (Rounds * roles.Length * Calls) - Rounds);
        Assert.Equal(Rounds * roles.Length * Calls, _answered + _refused);
    }

    /// <summary>What was closed can still be written down, until it is disposed; then nothing is known.</summary>
    [Fact]
    public async Task What_is_written_while_a_store_is_disposed_is_whole_or_nothing()
    {
        using var threads = new WorkerThreads(2);
        var whole = 0;
        for (var round = 0; round < 300; round++)
        {
            var engine = new PeerstoreEngine(new() { SweepInterval = TimeSpan.Zero }, new Testing.ManualTimeProvider());
            await new EngineStore(engine).Addresses.AddAsync(_peers[0], [Sample.Tcp, Sample.Six], Sample.Hour, Token);
            engine.Close();
            threads.RunRound(number =>
            {
                if (number == 0)
                {
                    engine.Dispose();
                }

                var output = new EntryBuffer();
                for (var i = 0; number > 0 && engine.TryEncode(_peers[0], output); i = Math.Min(i + 1, 1_000))
                {
                    Assert.True(new EntryReader().TryRead(_peers[0], output.Written, out _, out var damage), damage);
                    whole += i == 0 ? 1 : 0;
                }
            });
        }

        Assert.InRange(whole, 1, 300);
    }

    private static void DisposeAfter(PeerstoreEngine engine, ref int called, int calls)
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref called) < calls)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        engine.Dispose();
    }

    private static void AssertClosed(EngineStore store)
    {
        Assert.Throws<ObjectDisposedException>(() => AtOnce.Answer(store.Addresses.AddAsync(RandomIds.Next(), [Sample.Tcp], Sample.Hour, Token)));
        Assert.Throws<ObjectDisposedException>(() => AtOnce.Answer(store.SweepAsync(Token)));
        Assert.False(store.Engine.TryEncode(RandomIds.Next(), new()));
        Assert.Equal(0, store.Engine.Sweep());
        store.Engine.Dispose();
    }

    private void Count(Action call)
    {
        try
        {
            call();
            Interlocked.Increment(ref _answered);
        }
        catch (ObjectDisposedException)
        {
            Interlocked.Increment(ref _refused);
        }
    }

    private PeerId Peer(Random random) => _peers[random.Next(_peers.Length)];

    private void Read(EngineStore store, Random random)
    {
        var snapshot = AtOnce.Answer(store.GetSnapshotAsync(Peer(random), Token));
        Assert.All(snapshot.Addresses, static address => Assert.False(address.Address.IsEmpty));
    }

    /// <summary>The store is always full: nearly every write makes room in other shards.</summary>
    private void Write(EngineStore store, Random random)
    {
        var peer = Peer(random);
        switch (random.Next(6))
        {
            case 0:
                AtOnce.Answer(store.Addresses.ConsumeAsync(_records[random.Next(_records.Length)], Sample.Hour, Token));
                break;
            case 1:
                AtOnce.Answer(store.Metadata.SetAsync(peer, "large", new byte[random.Next(30_000)], Token));
                break;
            case 2:
                AtOnce.Answer(store.Protocols.SetAsync(peer, [$"/{random.Next(9)}"], Token));
                break;
            case 3:
                AtOnce.Done(store.RemovePeerAsync(peer, Token));
                break;
            default:
                AtOnce.Answer(store.Addresses.AddAsync(peer, [Sample.Address(random.Next(50))], TimeSpan.FromTicks(random.Next(1, 1_000_000)), Token));
                break;
        }
    }

    private static void Sweep(EngineStore store, Testing.ManualTimeProvider clock, Random random)
    {
        clock.Advance(TimeSpan.FromTicks(random.Next(100_000)));
        AtOnce.Answer(store.SweepAsync(Token));
    }

    private static void List(EngineStore store, Random random) =>
        Assert.InRange(store.GetPeersAsync(Token).ToBlockingEnumerable(Token).Count(), 0, 2 * Tight.MaxPeers);

    private async Task WatchAsync(EngineStore store)
    {
        await foreach (var (_, address) in store.Addresses.WatchAsync(_peers[0], Token))
        {
            _ = address.Bytes.Length;
        }
    }
}
