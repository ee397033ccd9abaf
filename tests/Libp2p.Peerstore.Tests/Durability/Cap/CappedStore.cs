using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>A store whose file may have a megabyte, with a clock that stands still, and peers to flood it with: the same each time.</summary>
internal sealed class CappedStore : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(1);
    private readonly SqlitePeerstoreOptions _options;

    private CappedStore(SqlitePeerstoreOptions options) => _options = options;

    public ManualTimeProvider Clock { get; } = new();

    public SqlitePeerstore Peers { get; private set; } = null!;

    public TemporaryFolder Folder => _folder;

    /// <summary>The most bytes that the file had whenever it was looked at.</summary>
    public long MostBytes { get; private set; }

    /// <summary>The most bytes that its log had.</summary>
    public long MostLogBytes { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CappedStore> OpenAsync(SqlitePeerstoreOptions? options = null)
    {
        var store = new CappedStore(options ?? new() { MaxFileBytes = SqlitePeerstoreOptions.LeastMaxFileBytes });
        await store.ReopenAsync();
        return store;
    }

    public async Task ReopenAsync(long? maxFileBytes = null)
    {
        if (Peers is not null)
        {
            await Peers.DisposeAsync();
            Look();
        }

        Peers = await SqlitePeerstore.OpenAsync(
            _folder.Peers(), _options with { MaxFileBytes = maxFileBytes ?? _options.MaxFileBytes }, Clock, Token);
    }

    public PeerId NextPeer()
    {
        var id = new byte[34];
        _random.NextBytes(id);
        (id[0], id[1]) = (0x12, 0x20);
        Assert.True(PeerId.TryDecode(id, out var peer));
        return peer;
    }

    /// <summary>Adds peers of an address or two, and looks at the file after each hundred.</summary>
    public async Task<List<PeerId>> FloodAsync(int peers, TimeSpan ttl)
    {
        List<PeerId> added = [];
        for (var i = 0; i < peers; i++)
        {
            added.Add(NextPeer());
            await Peers.Addresses.AddAsync(added[i], i % 2 == 0 ? [Sample.Tcp] : [Sample.Tcp, Sample.Quic], ttl, Token);
            if (i % 100 == 99)
            {
                await Peers.FlushAsync(Token);
                Look();
            }
        }

        return added;
    }

    public void Look()
    {
        MostBytes = Math.Max(MostBytes, Length(_folder.Peers()));
        MostLogBytes = Math.Max(MostLogBytes, Length(_folder.Peers() + "-wal"));
    }

    public async ValueTask DisposeAsync()
    {
        await Peers.DisposeAsync();
        _folder.Dispose();
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
