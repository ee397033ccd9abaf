namespace Libp2p.Peerstore.Testing;

/// <summary>Opens the stores of one check.</summary>
internal sealed class StoreBench(Func<TimeProvider, PeerstoreOptions, ValueTask<IPeerstore>> openStore)
{
    public async Task<StoreUnderTest> OpenAsync(PeerstoreOptions? options = null)
    {
        var clock = new ManualTimeProvider();
        return new(await openStore(clock, options ?? new PeerstoreOptions()), clock);
    }
}
