namespace Libp2p.Peerstore.Tests;

public class ExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Of_an_empty_store_there_is_a_header_and_an_end(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        byte[] header = [0x89, 0x6C, 0x32, 0x70, 0x0D, 0x0A, 0x1A, 0x0A, 1, .. BitConverter.GetBytes(store.Clock.GetUtcNow().UtcTicks)];
        byte[] end = [0, 0, 0, 0, 0, 0, 0, 0, 0];

        var export = await ExportBytes.OfAsync(store.Peers);

        Assert.Equal([.. header, .. Crc(header), .. end, .. Crc(end)], export);
        Assert.Equal(0, (await store.Peers.ImportAsync(export)).Entries);
    }

    [Fact]
    public async Task An_entry_stands_behind_its_length_as_documented()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var peer = Sample.NewPeer();
        await store.Peers.Protocols.SetAsync(peer, ["/a"], Token);

        var export = await ExportBytes.OfAsync(store.Peers);

        byte[] content = [2, 5, 3, 2, .. "/a"u8];
        byte[] entry = [.. content, .. Crc([.. peer.ToArray(), .. content])];
        byte[] head = [1, (byte)(1 + peer.Length + entry.Length), 0, 0, 0];
        byte[] end = [0, 1, 0, 0, 0, 0, 0, 0, 0];
        byte[] behindHeader = [.. head, .. Crc(head), (byte)peer.Length, .. peer.ToArray(), .. entry, .. end, .. Crc(end)];
        Assert.Equal(behindHeader, export[21..]);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Private_keys_are_left_out_unless_they_are_asked_for_by_name(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var (key, lone) = (Sample.NewKey(), Sample.NewKey());
        var (peer, other) = (PeerId.FromPublicKey(key.PublicKey), PeerId.FromPublicKey(lone.PublicKey));
        await store.Peers.UpdatePeerAsync(peer, edit => edit.AddPrivateKey(key).SetProtocols(["/a"]), Token);
        await store.Peers.Keys.AddPrivateKeyAsync(other, lone, Token);

        var (left, without) = await WriteAsync(store.Peers, new());
        var (written, with) = await WriteAsync(store.Peers, new() { PrivateKeysInClear = true });

        Assert.Equal((1, 0, 2), (left.Peers, left.PrivateKeys, left.PrivateKeysLeftOut));
        Assert.Equal((2, 2, 0), (written.Peers, written.PrivateKeys, written.PrivateKeysLeftOut));
        foreach (var secret in (PrivateKey[])[key, lone])
        {
            var bytes = secret.Encode().AsSpan(4..36).ToArray();
            Assert.True(with.AsSpan().IndexOf(bytes) >= 0);
            Assert.True(without.AsSpan().IndexOf(bytes) < 0);
        }
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Private_keys_are_taken_only_if_that_is_asked_for(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var from = MemoryPeerstore.Create();
        var key = Sample.NewKey();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await from.Keys.AddPrivateKeyAsync(peer, key, Token);
        var export = await ExportBytes.OfAsync(from, new() { PrivateKeysInClear = true });

        var left = await store.Peers.ImportAsync(export);
        Assert.Equal((0, 1, 1), (left.PrivateKeys, left.PrivateKeysLeftOut, left.Unchanged));
        Assert.Null(await store.Peers.Keys.GetPrivateKeyAsync(peer, Token));

        var taken = await store.Peers.ImportAsync(export, new() { PrivateKeys = true });
        Assert.Equal((1, 0, 1), (taken.PrivateKeys, taken.PrivateKeysLeftOut, taken.Changed));
        Assert.Equal(key.Encode(), (await store.Peers.Keys.GetPrivateKeyAsync(peer, Token))!.Encode());
    }

    [Fact]
    public async Task What_has_ended_is_not_exported_swept_or_not()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var peer = Sample.NewPeer();
        await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Minute, Token);
        await store.Addresses.AddAsync(peer, [Sample.Quic], Sample.Hour, Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Six], Sample.Minute, Token);
        store.Clock.Advance(Sample.Minute);

        var export = await ExportBytes.OfAsync(store.Peers);

        Assert.True(export.AsSpan().IndexOf(Sample.Six.Bytes) < 0);
        await using var copy = MemoryPeerstore.Create(timeProvider: store.Clock);
        var report = await copy.ImportAsync(export);
        Assert.Equal((1, 1, 0), (report.Entries, report.AddressesAdded, report.AddressesEnded));
    }

    [Fact]
    public async Task More_peers_than_a_buffer_holds_are_all_written()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var peers = Enumerable.Range(0, 3000).Select(static _ => Sample.NewPeer()).ToHashSet();
        foreach (var peer in peers)
        {
            await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
        }

        await store.MoveAsync();

        Assert.Equal(peers, await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Fact]
    public async Task The_stream_stays_open_and_what_was_stopped_has_no_end()
    {
        await using var store = MemoryPeerstore.Create();
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        using var stream = new MemoryStream();
        await PeerstoreExport.WriteAsync(store, stream, cancellationToken: Token);
        Assert.True(stream.CanWrite);

        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        stream.SetLength(0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await PeerstoreExport.WriteAsync(store, stream, cancellationToken: stop.Token));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public async Task A_callers_mistake_is_told_at_once()
    {
        var store = MemoryPeerstore.Create();
        await using var foreign = new FaultyPeerstore(store);
        using var closed = new MemoryStream();
        closed.Close();

        Assert.Throws<ArgumentException>("store", () => PeerstoreExport.WriteAsync(foreign, Stream.Null, cancellationToken: Token).AsTask().IsCompleted);
        Assert.Throws<ArgumentException>("store", () => PeerstoreImport.ReadAsync(foreign, Stream.Null, cancellationToken: Token).AsTask().IsCompleted);
        Assert.Throws<ArgumentException>("stream", () => PeerstoreExport.WriteAsync(store, closed, cancellationToken: Token).AsTask().IsCompleted);
        Assert.Throws<ArgumentException>("stream", () => PeerstoreImport.ReadAsync(store, closed, cancellationToken: Token).AsTask().IsCompleted);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new PeerstoreImportOptions { MaxEntryBytes = 0 });
        var empty = await ExportBytes.OfAsync(store);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ExportBytes.OfAsync(store));
        Assert.NotEmpty(empty);
    }

    private static byte[] Crc(byte[] bytes) => BitConverter.GetBytes(EntryFormat.Checksum(default, bytes));

    private static async Task<(PeerstoreExportReport Report, byte[] Bytes)> WriteAsync(IPeerstore store, PeerstoreExportOptions options)
    {
        using var stream = new MemoryStream();
        var report = await PeerstoreExport.WriteAsync(store, stream, options, Token);
        return (report, stream.ToArray());
    }
}
