using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>A lifecycle over a store of either kind, one peer that connects to it, and what that peer says.</summary>
internal sealed class LifecycleStage : IAsyncDisposable
{
    private readonly TestStore _store;
    private int _connections;

    private LifecycleStage(TestStore store, PeerLifecycle lifecycle, PrivateKey key) =>
        (_store, Lifecycle, Key, Peer) = (store, lifecycle, key, PeerId.FromPublicKey(key.PublicKey));

    /// <summary>The address that the peer is seen at: outgoing, from a port that nobody listens on.</summary>
    public static Multiaddr Seen { get; } = Multiaddr.Parse("/ip4/1.2.3.4/tcp/53211");

    public PeerLifecycle Lifecycle { get; }

    public PrivateKey Key { get; }

    public PeerId Peer { get; }

    public IPeerstore Peers => _store.Peers;

    public ManualTimeProvider Clock => _store.Clock;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<LifecycleStage> SetAsync(
        StoreKind kind = StoreKind.Memory,
        PeerLifecycleOptions? options = null,
        PeerstoreOptions? limits = null,
        KeyType keyType = KeyType.Ed25519)
    {
        var store = await TestStore.OpenAsync(kind, limits);
        return new(store, new(store.Peers, options, store.Clock), Sample.NewKey(keyType));
    }

    public static IdentifyMessage Listening(params Multiaddr[] addresses) =>
        new() { ListenAddresses = [.. addresses.Select(static address => (ReadOnlyMemory<byte>)address.Bytes.ToArray())] };

    /// <summary>Numbered addresses on the internet.</summary>
    public static Multiaddr[] Public(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(static i => Multiaddr.Parse($"/ip4/8.8.{i >> 8}.{i & 0xFF}/tcp/4001"))];

    public IdentifyMessage Signed(ulong sequence, params Multiaddr[] addresses) =>
        new() { SignedPeerRecord = Sample.Record(Key, sequence, addresses).Envelope.Bytes };

    /// <summary>A connection that has not been reported yet.</summary>
    public PeerConnection NewConnection(Multiaddr? remote = null) => new(Peer, ++_connections, remote ?? Seen);

    public async Task<PeerConnection> ConnectAsync(Multiaddr? remote = null)
    {
        var connection = NewConnection(remote);
        await Lifecycle.ConnectedAsync(connection, Token);
        return connection;
    }

    public Task<ConnectionChange> DisconnectAsync(PeerConnection connection) =>
        Lifecycle.DisconnectedAsync(connection, Token).AsTask();

    public Task<IdentifyOutcome> IdentifyAsync(PeerConnection connection, IdentifyMessage message) =>
        Lifecycle.IdentifiedAsync(connection, message, Token).AsTask();

    public Task<IdentifyOutcome> PushAsync(PeerConnection connection, IdentifyMessage message) =>
        Lifecycle.IdentifyPushedAsync(connection, message, Token).AsTask();

    public Task AddAsync(TimeSpan ttl, params Multiaddr[] addresses) =>
        Peers.Addresses.AddAsync(Peer, addresses, ttl, Token).AsTask();

    public Task<PeerSnapshot> SnapshotAsync() => Peers.GetSnapshotAsync(Peer, Token).AsTask();

    /// <summary>The addresses of a lifetime, sorted.</summary>
    public async Task<string[]> WithTtlAsync(TimeSpan ttl)
    {
        var snapshot = await SnapshotAsync();
        return Texts(snapshot.Addresses.Where(details => details.Ttl == ttl).Select(static details => details.Address));
    }

    public static string[] Texts(params IEnumerable<Multiaddr> addresses) =>
        [.. addresses.Select(static address => address.ToString()).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Lifecycle.DisposeAsync();
        await _store.DisposeAsync();
    }
}
