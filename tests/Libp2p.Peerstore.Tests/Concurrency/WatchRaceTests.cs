namespace Libp2p.Peerstore.Tests;

public class WatchRaceTests
{
    private const int Readers = 8;
    private const int Writers = 4;
    private const int AddressesOfAWriter = 500;

    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.Memory, 1)]
    [InlineData(StoreKind.Memory, 256)]
    [InlineData(StoreKind.Sqlite, 16)]
    public async Task Readers_beside_writers_end_up_with_the_stores_answer(StoreKind kind, int buffer)
    {
        await using var store = await TestStore.OpenAsync(
            kind, new() { WatchBuffer = buffer, MaxAddressesPerPeer = 0, SweepInterval = TimeSpan.Zero });
        await store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, Token);
        using var started = new CountdownEvent(Readers);
        var readers = Enumerable.Range(0, Readers).Select(_ => Task.Run(() => ReadToTheEndAsync(store, started))).ToArray();
        started.Wait(Token);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(store, writer))));

        HashSet<Multiaddr> live = [.. await store.Addresses.GetAsync(_peer, Token)];
        await store.Peers.DisposeAsync();
        Assert.All(await Task.WhenAll(readers), reported => Assert.Superset(live, reported));
    }

    private async Task WriteAsync(TestStore store, int writer)
    {
        for (var i = 0; i < AddressesOfAWriter; i++)
        {
            var address = Sample.Address((writer * AddressesOfAWriter) + i);
            await store.Addresses.AddAsync(_peer, [address], Sample.Hour, Token);
            if (i % 3 == 0)
            {
                await store.Addresses.SetAsync(_peer, [address], TimeSpan.Zero, Token);
            }
        }
    }

    /// <summary>Gives what was reported since the last resync, when the stream has ended with its store.</summary>
    private async Task<HashSet<Multiaddr>> ReadToTheEndAsync(TestStore store, CountdownEvent started)
    {
        var reported = new HashSet<Multiaddr>();
        var hasStarted = false;
        await foreach (var (kind, address) in store.Addresses.WatchAsync(_peer, Token))
        {
            if (!hasStarted)
            {
                hasStarted = true;
                started.Signal();
            }

            if (kind == AddressEventKind.Resync)
            {
                reported.Clear();
            }
            else
            {
                reported.Add(address);
            }
        }

        return reported;
    }
}
