using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

public sealed class CompactTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_has_ended_goes_and_the_file_shrinks()
    {
        var kept = Sample.NewPeer();
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 2500; i++)
            {
                await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp, Sample.Quic], Sample.Minute, Token);
            }

            await store.Addresses.AddAsync(kept, [Sample.Tcp], Sample.Hour, Token);
            await store.Addresses.AddAsync(kept, [Sample.Quic, Sample.Six], Sample.Minute, Token);
        }

        _clock.Advance(Sample.Minute);
        var length = new FileInfo(_folder.Peers()).Length;
        var compaction = await PeerstoreFile.CompactAsync(_folder.Peers(), _clock, Token);

        Assert.Equal((2500, 5002), (compaction.PeersDropped, compaction.AddressesDropped));
        Assert.Equal((length, new FileInfo(_folder.Peers()).Length), (compaction.BytesBefore, compaction.BytesAfter));
        Assert.True(compaction.BytesAfter < length / 4, $"{length} → {compaction.BytesAfter}");
        var check = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);
        Assert.Equal((true, 1, 1), (check.IsClean, check.Peers, check.Addresses));
        await using var again = await OpenAsync();
        Assert.Equal([Sample.Tcp], await again.Addresses.GetAsync(kept, Token));
    }

    [Fact]
    public async Task What_has_not_ended_stays_as_it_was()
    {
        var key = Sample.NewKey();
        var record = Sample.Record(key, 7, Sample.Tcp);
        await using (var store = await OpenAsync())
        {
            await store.UpdatePeerAsync(
                record.Peer,
                edit => edit
                    .Consume(record, Sample.Hour)
                    .AddAddresses([Sample.Six], Sample.Minute)
                    .AddAddresses([Sample.Quic], AddressTtl.Permanent)
                    .AddPublicKey(key.PublicKey)
                    .AddPrivateKey(key)
                    .SetProtocols(["/b", "/a"])
                    .SetMetadata("k", 42L)
                    .RecordLatency(Sample.Minute),
                Token);
        }

        _clock.Advance(Sample.Minute);
        PeerSnapshot before;
        await using (var store = await OpenAsync())
        {
            before = await store.GetSnapshotAsync(record.Peer, Token);
        }

        Assert.Equal(1, (await PeerstoreFile.CompactAsync(_folder.Peers(), _clock, Token)).AddressesDropped);
        await using var again = await OpenAsync();
        var after = await again.GetSnapshotAsync(record.Peer, Token);
        Assert.Equal(before.Addresses, after.Addresses);
        Assert.Equal(2, after.Addresses.Count);
        Assert.Equal(before.Record!.Bytes.ToArray(), after.Record!.Bytes.ToArray());
        Assert.Equal((before.PublicKey, before.Latency), (after.PublicKey, after.Latency));
        Assert.Equal(before.Protocols, after.Protocols);
        Assert.Equal(42L, await again.Metadata.GetAsync<long>(record.Peer, "k", Token));
        Assert.NotNull(await again.Keys.GetPrivateKeyAsync(record.Peer, Token));
    }

    [Fact]
    public async Task A_record_goes_with_the_last_address_and_the_rest_of_the_peer_stays()
    {
        var record = Sample.Record(Sample.NewKey(), 7, Sample.Tcp);
        await using (var store = await OpenAsync())
        {
            await store.UpdatePeerAsync(record.Peer, edit => edit.Consume(record, Sample.Minute).SetProtocols(["/a"]), Token);
        }

        _clock.Advance(Sample.Minute);
        var compaction = await PeerstoreFile.CompactAsync(_folder.Peers(), _clock, Token);

        Assert.Equal((0, 1), (compaction.PeersDropped, compaction.AddressesDropped));
        var check = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);
        Assert.Equal((true, 1, 0, 0), (check.IsClean, check.Peers, check.Addresses, check.Records));
        await using var again = await OpenAsync();
        Assert.Equal(["/a"], await again.Protocols.GetAsync(record.Peer, Token));
    }

    [Fact]
    public async Task A_connection_that_ended_with_its_process_ends_no_later_for_a_compaction()
    {
        var peer = Sample.NewPeer();
        await using (var store = await OpenAsync())
        {
            await store.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Connected, Token);
            await store.Addresses.AddAsync(peer, [Sample.Quic], Sample.Minute, Token);
        }

        _clock.Advance(Sample.Minute);
        await PeerstoreFile.CompactAsync(_folder.Peers(), _clock, Token);

        await using var again = await OpenAsync();
        Assert.Equal(AddressTtl.RecentlyConnected, Assert.Single(await again.Addresses.GetDetailsAsync(peer, Token)).Ttl);
    }

    [Fact]
    public async Task What_cannot_be_read_stays_for_the_store_that_opens_the_file()
    {
        var (damaged, other) = (Sample.NewPeer(), Sample.NewPeer());
        await using (var store = await OpenAsync())
        {
            await store.Addresses.AddAsync(damaged, [Sample.Tcp], Sample.Minute, Token);
            await store.Addresses.AddAsync(other, [Sample.Tcp], Sample.Minute, Token);
        }

        _folder.Damage(damaged);
        _folder.Execute("INSERT INTO peer (id, entry) VALUES (x'FF', x'00')");
        _clock.Advance(Sample.Minute);
        Assert.Equal(1, (await PeerstoreFile.CompactAsync(_folder.Peers(), _clock, Token)).PeersDropped);

        await using var again = await OpenAsync();
        Assert.Equal(2, again.DamagedAtOpening);
    }

    [Fact]
    public async Task A_file_in_use_or_none_is_an_error()
    {
        await using (await OpenAsync())
        {
            Assert.Equal(PeerstoreError.InUse, await RefusalAsync(_folder.Peers()));
        }

        Assert.Equal(PeerstoreError.CannotOpen, await RefusalAsync(_folder.File("no.db")));
        _folder.Execute("PRAGMA application_id = 1");
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync(_folder.Peers()));
    }

    [Fact]
    public async Task A_file_damaged_as_a_whole_is_an_error_and_stays_as_it_was()
    {
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 200; i++)
            {
                await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
            }
        }

        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        bytes.AsSpan(3 * 4096, 4096).Fill(0xFF);
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);

        Assert.Equal(PeerstoreError.Damaged, await RefusalAsync(_folder.Peers()));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.Peers(), Token));
    }

    private async Task<PeerstoreError> RefusalAsync(string path)
    {
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await PeerstoreFile.CompactAsync(path, _clock, Token));
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        return refusal.Error;
    }

    private async Task<SqlitePeerstore> OpenAsync() =>
        await SqlitePeerstore.OpenAsync(
            _folder.Peers(), new() { PrivateKeys = PrivateKeyProtection.StoreInClear }, _clock, Token);
}
