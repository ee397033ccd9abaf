using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>A store of either kind with a clock that stands still, and a file of its own that goes with it.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly PeerstoreOptions _options;
    private TemporaryFolder? _folder;

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

    /// <summary>Exports all there is into a new store of the other kind, which takes the place of this one.</summary>
    public async Task MoveAsync()
    {
        using var export = new MemoryStream();
        await PeerstoreExport.WriteAsync(Peers, export, new() { PrivateKeysInClear = true }, Token);
        await DisposeAsync();
        _folder = _folder is null ? new() : null;
        Peers = _folder is null ? MemoryPeerstore.Create(_options, Clock) : await OpenFileAsync(_folder, _options, Clock);
        export.Position = 0;
        var report = await PeerstoreImport.ReadAsync(Peers, export, new() { PrivateKeys = true, PermanentAddresses = true }, Token);
        Assert.Equal(report.Entries, report.Changed);
        Assert.Equal((0, 0, 0), (report.AddressesEnded, report.AddressesLeftOut, report.Problems.Count));
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
