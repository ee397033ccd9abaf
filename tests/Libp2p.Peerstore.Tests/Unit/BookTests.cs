using System.Collections;
using System.Text.Json.Serialization;

namespace Libp2p.Peerstore.Tests;

public partial class BookTests
{
    private readonly PeerId _peer = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Keys_are_kept_and_those_inside_an_id_need_not_be(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var rsa = Sample.NewKey(KeyType.Rsa);
        var outside = PeerId.FromPublicKey(rsa.PublicKey);
        Assert.Null(await store.Peers.Keys.GetPublicKeyAsync(outside, Token));
        await store.Peers.Keys.AddPublicKeyAsync(outside, rsa.PublicKey, Token);
        await store.Peers.Keys.AddPrivateKeyAsync(outside, rsa, Token);
        await store.ReopenAsync();

        Assert.Equal(rsa.PublicKey, await store.Peers.Keys.GetPublicKeyAsync(outside, Token));
        Assert.Equal(rsa.Encode(), (await store.Peers.Keys.GetPrivateKeyAsync(outside, Token))!.Encode());
        Assert.True((await store.Peers.Keys.GetPublicKeyAsync(_peer, Token))!.Type == KeyType.Ed25519);
        Assert.Equal([outside], await store.Peers.Keys.GetPeersAsync(Token).ToSetAsync());
        await store.Peers.Keys.RemovePeerAsync(outside, Token);
        Assert.Null(await store.Peers.Keys.GetPublicKeyAsync(outside, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_key_of_another_peer_is_an_error(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var other = Sample.NewKey();

        await Assert.ThrowsAsync<ArgumentException>(() => store.Peers.Keys.AddPublicKeyAsync(_peer, other.PublicKey, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.Peers.Keys.AddPrivateKeyAsync(_peer, other, Token).AsTask());
        Assert.Empty(await store.Peers.Keys.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Protocols_are_answered_in_the_order_asked(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var protocols = store.Peers.Protocols;
        await protocols.SetAsync(_peer, ["/b", "/a"], Token);
        await protocols.AddAsync(_peer, ["/c"], Token);
        await protocols.RemoveAsync(_peer, ["/b", "/unknown"], Token);
        await store.ReopenAsync();
        protocols = store.Peers.Protocols;

        Assert.Equal(["/a", "/c"], await protocols.GetAsync(_peer, Token));
        Assert.Equal(["/c", "/a", "/c"], await protocols.GetSupportedAsync(_peer, ["/c", "/x", "/a", "/c"], Token));
        Assert.Equal("/c", await protocols.GetFirstSupportedAsync(_peer, ["/b", "/c", "/a"], Token));
        Assert.Null(await protocols.GetFirstSupportedAsync(_peer, ["/b"], Token));
        await protocols.RemovePeerAsync(_peer, Token);
        Assert.Empty(await protocols.GetAsync(_peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Metadata_comes_back_as_the_type_it_went_in(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MetadataTypes = OwnTypes.Default });
        var metadata = store.Peers.Metadata;
        await metadata.SetAsync(_peer, MetadataKeys.AgentVersion, "kubo/0.30.0/", Token);
        await metadata.SetAsync(_peer, "", 42L, Token);
        await metadata.SetAsync(_peer, "raw", new byte[] { 1, 2, 3 }, Token);
        await metadata.SetAsync(_peer, "own", new Own("x", 7), Token);
        await store.ReopenAsync();
        metadata = store.Peers.Metadata;

        Assert.Equal(["", MetadataKeys.AgentVersion, "own", "raw"], await metadata.GetKeysAsync(_peer, Token));
        Assert.Equal("kubo/0.30.0/", await metadata.GetAsync<string>(_peer, MetadataKeys.AgentVersion, Token));
        Assert.Equal(42L, await metadata.GetAsync<long>(_peer, "", Token));
        Assert.Equal([1, 2, 3], await metadata.GetAsync<byte[]>(_peer, "raw", Token));
        Assert.Equal(new Own("x", 7), await metadata.GetAsync<Own>(_peer, "own", Token));
        await metadata.RemoveAsync(_peer, "raw", Token);
        Assert.False((await metadata.TryGetAsync<byte[]>(_peer, "raw", Token)).Found);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Missing_or_mistyped_metadata_is_an_error_that_names_peer_and_key(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var metadata = store.Peers.Metadata;
        await metadata.SetAsync(_peer, "text", "x", Token);

        var missing = await Assert.ThrowsAsync<MetadataNotFoundException>(() => metadata.GetAsync<string>(_peer, "k", Token).AsTask());
        Assert.Contains(_peer.ToString(), missing.Message, StringComparison.Ordinal);
        Assert.Equal("k", missing.Key);
        var mistyped = await Assert.ThrowsAsync<PeerstoreException>(() => metadata.GetAsync<int>(_peer, "text", Token).AsTask());
        Assert.Equal(PeerstoreError.MetadataType, mistyped.Error);
        await Assert.ThrowsAsync<NotSupportedException>(() => metadata.SetAsync(_peer, "own", new Own("x", 7), Token).AsTask());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Latency_is_a_moving_average(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        Assert.Null(await store.Peers.Metrics.GetLatencyAsync(_peer, Token));
        await store.Peers.Metrics.RecordLatencyAsync(_peer, TimeSpan.FromMilliseconds(100), Token);
        await store.Peers.Metrics.RecordLatencyAsync(_peer, TimeSpan.FromMilliseconds(200), Token);
        await store.ReopenAsync();

        Assert.Equal(TimeSpan.FromMilliseconds(110), await store.Peers.Metrics.GetLatencyAsync(_peer, Token));
        await store.Peers.Metrics.RemovePeerAsync(_peer, Token);
        Assert.Null(await store.Peers.Metrics.GetLatencyAsync(_peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Peers_are_listed_from_all_books_and_removed_from_all_but_the_addresses(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        PeerId[] peers = [.. Enumerable.Range(0, 5).Select(static _ => Sample.NewPeer())];
        await store.Addresses.AddAsync(peers[0], [Sample.Tcp], Sample.Hour, Token);
        await store.Peers.Keys.AddPublicKeyAsync(peers[1], (await store.Peers.Keys.GetPublicKeyAsync(peers[1], Token))!, Token);
        await store.Peers.Protocols.AddAsync(peers[2], ["/a"], Token);
        await store.Peers.Metadata.SetAsync(peers[3], "k", 1, Token);
        await store.Peers.Metrics.RecordLatencyAsync(peers[4], TimeSpan.Zero, Token);
        await store.ReopenAsync();
        Assert.Equal(peers.ToHashSet(), await store.Peers.GetPeersAsync(Token).ToSetAsync());

        foreach (var peer in peers)
        {
            await store.Peers.RemovePeerAsync(peer, Token);
        }

        await store.ReopenAsync();
        Assert.Equal([peers[0]], await store.Peers.GetPeersAsync(Token).ToSetAsync());
        Assert.Equal([Sample.Tcp], (await store.Peers.GetInfoAsync(peers[0], Token)).Addresses);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Nothing_can_be_stored_for_the_empty_peer_id(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await Assert.ThrowsAsync<ArgumentException>(() => store.Addresses.AddAsync(default, [Sample.Tcp], Sample.Hour, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.Peers.Protocols.SetAsync(default, ["/a"], Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.Peers.Metadata.SetAsync(default, "k", 1, Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.Peers.Metrics.RecordLatencyAsync(default, Sample.Hour, Token).AsTask());
        Assert.Empty(await store.Addresses.GetAsync(default, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Texts_that_have_no_utf8_are_refused(StoreKind kind)
    {
        // They would come back from a file as other texts.
        await using var store = await TestStore.OpenAsync(kind);
        await Assert.ThrowsAsync<ArgumentException>(() => store.Peers.Protocols.SetAsync(_peer, ["/a", "/\ud800"], Token).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.Peers.Metadata.SetAsync(_peer, "\udc00", 1, Token).AsTask());
        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_list_that_fails_changes_nothing(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddresses = 2, WhenFull = FullPolicy.RefuseNew });
        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => store.Addresses.AddAsync(_peer, new FailingList(), Sample.Hour, Token).AsTask());
        }

        Assert.Equal(2, (await store.Addresses.AddAsync(_peer, [Sample.Tcp, Sample.Quic], Sample.Hour, Token)).Added);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_store_that_is_disposed_refuses_everything(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await store.Peers.DisposeAsync();
        await store.Peers.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Addresses.GetAsync(_peer, Token).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, Token).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.SweepAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_cancelled_call_changes_nothing(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => store.Addresses.AddAsync(_peer, [Sample.Tcp], Sample.Hour, cancelled.Token).AsTask());
        Assert.Empty(await store.Addresses.GetAsync(_peer, Token));
    }

    private sealed class FailingList : IReadOnlyList<Multiaddr>
    {
        public int Count => 2;

        public Multiaddr this[int index] => index == 0 ? Sample.Tcp : throw new InvalidOperationException();

        public IEnumerator<Multiaddr> GetEnumerator()
        {
            yield return this[0];
            yield return this[1];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed record Own(string Name, int Number);

    [JsonSerializable(typeof(Own))]
    private sealed partial class OwnTypes : JsonSerializerContext;
}
