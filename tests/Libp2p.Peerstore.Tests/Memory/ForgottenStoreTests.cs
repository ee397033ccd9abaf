using System.Runtime.CompilerServices;

namespace Libp2p.Peerstore.Tests;

/// <summary>Stores that nobody disposed: their memory goes with them, and not a moment before.</summary>
public class ForgottenStoreTests
{
    private const int Peers = 500;
    private const int MaxCollections = 20;

    private static readonly Multiaddr[] Known = [Sample.Tcp, Sample.Quic, Sample.Six];

    private readonly MemoryUse _use = new();
    private readonly PeerId[] _peers = [.. Enumerable.Range(0, Peers).Select(static _ => RandomIds.Next())];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void A_forgotten_store_gives_its_memory_back(bool sweepsByItself, bool bySystemClock)
    {
        var clock = bySystemClock ? TimeProvider.System : new Testing.ManualTimeProvider();
        var forgotten = FillAndForget(clock, sweepsByItself);
        AssertGoneWith(forgotten);
        (clock as Testing.ManualTimeProvider)?.Advance(2 * Sample.Hour);
    }

    [Fact]
    public void A_store_that_is_read_has_its_memory_until_the_last_reader_is_gone()
    {
        const int Readers = 4;
        var faults = new int[Readers];
        var forgotten = ReadAndForget(faults, out var readers);
        // However often it is collected meanwhile.
        while (readers.Any(static reader => reader.IsAlive))
        {
            Collect();
        }

        Assert.DoesNotContain(faults, static number => number != 0);
        readers = [];
        AssertGoneWith(forgotten);
    }

    /// <summary>
    /// Sharp in an optimised run, for else the frames that began the call hold the store as well:
    /// <c>DOTNET_TieredCompilation=0 dotnet test -c Release --filter Forgotten</c>.
    /// </summary>
    [Fact]
    public void Memory_stays_while_a_read_is_under_way_though_nobody_holds_the_store()
    {
        var (addresses, bytes) = ReadForgotten();
        Assert.Equal(Known.Length, addresses);
        Assert.True(bytes > 0, "The memory went during the call.");
        AssertGoneWith(new(target: null));
    }

    [Fact]
    public void Memory_stays_while_a_change_is_under_way_though_nobody_holds_the_store()
    {
        Assert.True(ChangeForgotten() > 0, "The memory went during the call.");
        AssertGoneWith(new(target: null));
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private void AssertGoneWith(WeakReference forgotten)
    {
        for (var i = 0; i < MaxCollections && _use.Bytes > 0; i++)
        {
            Collect();
        }

        Assert.Equal(0, _use.Bytes);
        Assert.False(forgotten.IsAlive);
    }

    // Not inlined, so that no frame of a test holds a store.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference FillAndForget(TimeProvider clock, bool sweepsByItself)
    {
        var engine = Fill(clock, sweepsByItself);
        return new(engine);
    }

    private PeerstoreEngine Fill(TimeProvider clock, bool sweepsByItself)
    {
        var engine = new PeerstoreEngine(new() { SweepInterval = sweepsByItself ? Sample.Hour : TimeSpan.Zero }, clock, _use);
        var store = new EngineStore(engine);
        foreach (var peer in _peers)
        {
            AtOnce.Answer(store.Addresses.AddAsync(peer, Known, Sample.Hour, Token));
        }

        AtOnce.Answer(store.Metadata.SetAsync(_peers[0], "large", new byte[50_000], Token));
        Assert.True(_use.Bytes > 50_000);
        return engine;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference ReadAndForget(int[] faults, out Thread[] readers)
    {
        var engine = Fill(TimeProvider.System, sweepsByItself: true);
        readers = [.. Enumerable.Range(0, faults.Length).Select(number => new Thread(() => faults[number] = Read(new(engine), number)))];
        foreach (var reader in readers)
        {
            reader.Start();
        }

        return new(engine);
    }

    private int Read(EngineStore store, int seed)
    {
        var (random, faults) = (new Random(seed), 0);
        for (var i = 0; i < 20_000; i++)
        {
            var addresses = AtOnce.Answer(store.Addresses.GetAsync(_peers[random.Next(Peers)], Token));
            faults += addresses.Count == Known.Length ? 0 : 1;
        }

        return faults;
    }

    /// <summary>Collects in the middle of a read, when only the read itself knows the store; then looks at its memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (int Addresses, long Bytes) ReadForgotten() =>
        Fill(TimeProvider.System, sweepsByItself: false).Read(
            _peers[1],
            _use,
            static (in view, use, now) =>
            {
                Collect();
                Collect();
                return (LiveAddresses.Copy(view, now).Length, use.Bytes);
            },
            Token);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long ChangeForgotten() =>
        Fill(TimeProvider.System, sweepsByItself: false).Change(
            _peers[1],
            _use,
            static (in change, use) =>
            {
                Collect();
                Collect();
                change.Entry.SetLatency(1);
                return use.Bytes;
            },
            whenFull: 0L,
            Token);
}
