using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>The stores that have to conform.</summary>
internal static class ConformanceStores
{
    public const string Memory = "memory";
    public const string Sqlite = "sqlite";

    public static ConformanceRunner RunnerFor(string store, string folder) => store switch
    {
        Memory => InMemory,
        Sqlite => new ConformanceRunner(async (clock, options) => await SqlitePeerstore.OpenAsync(
            Path.Combine(folder, $"{Guid.NewGuid():N}.db"), new SqlitePeerstoreOptions { Store = options, PrivateKeys = PrivateKeyProtection.StoreInClear }, clock)),
        _ => throw new ArgumentOutOfRangeException(nameof(store)),
    };

    public static ConformanceRunner InMemory { get; } = new(OpenInMemory);

    public static ValueTask<IPeerstore> OpenInMemory(TimeProvider clock, PeerstoreOptions options) =>
        new(MemoryPeerstore.Create(options, clock));
}
