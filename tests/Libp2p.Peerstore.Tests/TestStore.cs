using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>A store of either kind with a clock that stands still, and a file of its own that goes with it.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly TemporaryFolder? _folder;
    private readonly PeerstoreOptions _options;

    private TestStore(IPeerstore store, ManualTimeProvider clock, PeerstoreOptions options, TemporaryFolder? folder) =>
        (Peers, Clock, _options, _folder) = (store, clock, options, folder);

    /// <summary>The kinds of stores that a test of semantics runs on.</summary>
    public static TheoryData<StoreKind> Kinds { get; } = new(StoreKind.Memory, StoreKind.Sqlite);

    public IPeerstore Peers { get; private set; }

    public ManualTimeProvider Clock { get; }

    public IAddressBook Addresses => Peers.Addresses;

    public ICertifiedAddressBook Records =>
        Addresses.TryGetCertified(out var certified) ? certified : throw new InvalidOperationException();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestStore> OpenAsync(StoreKind kind, PeerstoreOptions? options = null)
    {
        var clock = new ManualTimeProvider();
        options ??= new() { SweepInterval = TimeSpan.Zero };
        if (kind == StoreKind.Memory)
        {
            return new(MemoryPeerstore.Create(options, clock), clock, options, folder: null);
        }

        var folder = new TemporaryFolder();
        return new(await OpenFileAsync(folder, options, clock), clock, options, folder);
    }

    /// <summary>Closes the store and opens its file again; a store in memory stays as it is.</summary>
    public async Task ReopenAsync()
    {
        if (_folder is not null)
        {
            await Peers.DisposeAsync();
            Peers = await OpenFileAsync(_folder, _options, Clock);
        }
    }

    public Task<int> SweepAsync() => ((ISweepable)Peers).SweepAsync(Token).AsTask();

    public async Task<IReadOnlyList<string>> TextsAsync(PeerId peer)
    {
        var addresses = await Addresses.GetAsync(peer, Token);
        return [.. addresses.Select(static address => address.ToString()).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await Peers.DisposeAsync();
        _folder?.Dispose();
    }

    private static async Task<SqlitePeerstore> OpenFileAsync(
        TemporaryFolder folder, PeerstoreOptions options, TimeProvider clock) =>
        await SqlitePeerstore.OpenAsync(folder.File("peers.db"), new() { Store = options, PrivateKeys = PrivateKeyProtection.StoreInClear }, clock, Token);
}
