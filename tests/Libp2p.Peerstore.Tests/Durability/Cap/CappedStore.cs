using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>A store whose file may have a megabyte, with a clock that stands still, and peers to flood it with: the same each time.</summary>
internal sealed class CappedStore : IAsyncDisposable
{
    public const long Max = SqlitePeerstoreOptions.LeastMaxFileBytes;

    private readonly Random _random = new(1);
    private readonly SqlitePeerstoreOptions _options;

    private CappedStore(SqlitePeerstoreOptions options) => _options = options;

    public ManualTimeProvider Clock { get; } = new();

    public SqlitePeerstore Peers { get; private set; } = null!;

    public TemporaryFolder Folder { get; } = new();

    /// <summary>The most bytes that the file had whenever it was looked at.</summary>
    public long MostBytes { get; private set; }

    /// <summary>The most bytes that its log had.</summary>
    public long MostLogBytes { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CappedStore> OpenAsync(FullPolicy whenFull, SqlitePeerstoreOptions? options = null)
    {
        var store = new CappedStore((options ?? new()) with
        {
            PrivateKeys = PrivateKeyProtection.StoreInClear,
            Store = new() { WhenFull = whenFull, SweepInterval = TimeSpan.Zero },
        });
        await store.ReopenAsync(Max);
        return store;
    }

    public async Task ReopenAsync(long maxFileBytes)
    {
        if (Peers is not null)
        {
            await Peers.DisposeAsync();
            Look();
        }

        Peers = await SqlitePeerstore.OpenAsync(Folder.Peers(), _options with { MaxFileBytes = maxFileBytes }, Clock, Token);
    }

    public PeerId NextPeer()
    {
        var id = new byte[34];
        _random.NextBytes(id);
        (id[0], id[1]) = (0x12, 0x20);
        Assert.True(PeerId.TryDecode(id, out var peer));
        return peer;
    }

    /// <summary>Adds peers of an address or two, a hundred at a time, and looks at the file after each hundred.</summary>
    /// <returns>Those that found a place in memory.</returns>
    public async Task<List<PeerId>> FloodAsync(int peers, TimeSpan ttl)
    {
        List<PeerId> added = [];
        foreach (var hundred in Enumerable.Range(0, peers).Select(_ => NextPeer()).Chunk(100))
        {
            var calls = hundred.Select(peer => AddAsync(peer, ttl).AsTask()).ToArray();
            added.AddRange(hundred.Zip(await Task.WhenAll(calls)).Where(static pair => pair.Second.NoRoom == 0).Select(static pair => pair.First));
            await Peers.FlushAsync(Token);
            Look();
        }

        return added;
    }

    public ValueTask<AddressChanges> AddAsync(PeerId peer, TimeSpan ttl) =>
        Peers.Addresses.AddAsync(peer, peer.Bytes[^1] % 2 == 0 ? [Sample.Tcp] : [Sample.Tcp, Sample.Quic], ttl, Token);

    public ValueTask<HashSet<PeerId>> InMemoryAsync() => Peers.GetPeersAsync(Token).ToHashSetAsync(cancellationToken: Token);

    /// <summary>Who is in the file by what it says itself, without the store.</summary>
    public HashSet<PeerId> InFile()
    {
        using var connection = Folder.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM peer";
        using var rows = command.ExecuteReader();
        HashSet<PeerId> peers = [];
        while (rows.Read())
        {
            Assert.True(PeerId.TryDecode(rows.GetFieldValue<byte[]>(0), out var peer));
            peers.Add(peer);
        }

        return peers;
    }

    public void Look()
    {
        MostBytes = Math.Max(MostBytes, Length(Folder.Peers()));
        MostLogBytes = Math.Max(MostLogBytes, Length(Folder.Peers() + "-wal"));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Peers.DisposeAsync();
        }
        finally
        {
            Folder.Dispose();
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true, Length: var length } ? length : 0;
}
