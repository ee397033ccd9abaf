using System.Buffers.Binary;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class SalvageTests : IDisposable
{
    private const int Page = 4096;
    private const int RightChild = 8;
    private const int Peers = 200;

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<PeerId> _peers = [];

    /// <summary>Where the tree of the peers begins.</summary>
    private int Root => Page * ((int)_folder.Count("SELECT rootpage FROM sqlite_schema WHERE name = 'peer'") - 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_a_file_with_a_destroyed_page_the_others_are_opened_and_the_file_is_kept()
    {
        await FillAsync();
        var last = BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(_folder.Peers()).AsSpan(Root + RightChild));
        var damaged = Overwrite(Page * (last - 1), Page, 0xFF);

        await using var store = await OpenAsync();
        var salvage = store.SalvagedAtOpening!;
        var found = await store.GetPeersAsync(Token).ToSetAsync();
        Assert.Subset(_peers, found);
        Assert.InRange(found.Count, Peers - (Page / 50), Peers - 1);
        Assert.Equal((_folder.Peers() + ".damaged-1", found.Count, 0), (salvage.DamagedFile, salvage.Peers, salvage.DamagedPeers));
        Assert.NotEmpty(salvage.Reason);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(salvage.DamagedFile, Token));
        Assert.All(found, peer => Assert.Single(AtOnce.Answer(store.Addresses.GetAsync(peer, Token))));
    }

    [Fact]
    public async Task What_a_destroyed_page_led_to_is_found_without_it()
    {
        await FillAsync();
        Overwrite(Root, Page, 0x00);

        await using var store = await OpenAsync();
        // The few whose entries stood in that page itself are lost.
        Assert.InRange((await store.GetPeersAsync(Token).ToSetAsync()).Count, Peers - 20, Peers - 1);
    }

    [Fact]
    public async Task A_salvaged_file_is_a_sound_one_and_the_next_damage_gets_the_next_name()
    {
        await FillAsync();
        for (var i = 1; i <= 2; i++)
        {
            Overwrite(offset: 0, length: 4, 0x00);
            await using (var store = await OpenAsync())
            {
                Assert.Equal($"{_folder.Peers()}.damaged-{i}", store.SalvagedAtOpening?.DamagedFile);
                Assert.Equal(_peers, await store.GetPeersAsync(Token).ToSetAsync());
            }

            Assert.True((await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).IsClean);
            await using var again = await OpenAsync();
            Assert.Null(again.SalvagedAtOpening);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_to_be_salvaged_is_an_error_and_not_touched()
    {
        await FillAsync();
        var damaged = Overwrite(offset: 0, length: 4, 0x00);
        var error = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await SqlitePeerstore.OpenAsync(_folder.Peers(), new() { SalvageDamagedFile = false }, cancellationToken: Token));
        Assert.Equal(PeerstoreError.Damaged, error.Error);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(_folder.Peers(), Token));
        Assert.False(File.Exists(_folder.Peers() + ".damaged-1"));
    }

    [Fact]
    public async Task What_is_only_in_the_log_is_salvaged_too()
    {
        await FillAsync();
        await using (var store = await OpenAsync())
        {
            await AddAsync(store, 20);
            await store.FlushAsync(Token);

            // As a kill leaves them.
            foreach (var side in (string[])["", "-wal"])
            {
                File.Copy(_folder.Peers() + side, _folder.File("copy.db") + side);
            }
        }

        Assert.NotEqual(0, new FileInfo(_folder.File("copy.db-wal")).Length);
        await using (var file = File.OpenWrite(_folder.File("copy.db")))
        {
            await file.WriteAsync(new byte[8], Token);
        }

        await using var again = await SqlitePeerstore.OpenAsync(_folder.File("copy.db"), cancellationToken: Token);
        Assert.Equal(_peers, await again.GetPeersAsync(Token).ToSetAsync());
    }

    [Fact]
    public async Task Peers_that_were_removed_do_not_come_back_from_free_pages()
    {
        await FillAsync();
        await using (var store = await OpenAsync())
        {
            foreach (var peer in _peers)
            {
                await store.Addresses.ClearAsync(peer, Token);
            }
        }

        Assert.InRange(_folder.Count("PRAGMA freelist_count"), 2, 1000);
        Overwrite(offset: 36, length: 4, 0x01);
        Assert.False((await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).IsClean);
        await using var again = await OpenAsync();
        Assert.NotNull(again.SalvagedAtOpening);
        Assert.Empty(await again.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory]
    [InlineData("UPDATE meta SET value = zeroblob(70) WHERE name = 'private-keys'")]
    [InlineData("DELETE FROM meta WHERE name = 'private-keys'")]
    [InlineData("UPDATE meta SET value = zeroblob(70) WHERE name = 'private-keys-copy'")]
    [InlineData("DELETE FROM meta WHERE name = 'private-keys-copy'")]
    public async Task The_parameters_of_private_keys_are_there_twice_and_mended(string damage)
    {
        var key = Sample.NewKey();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        using var protection = PrivateKeyProtection.FromPassphrase("twice");
        SqlitePeerstoreOptions options = new() { PrivateKeys = protection };
        await using (var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), options, cancellationToken: Token))
        {
            await store.Keys.AddPrivateKeyAsync(peer, key, Token);
        }

        Assert.Equal(1, _folder.Execute(damage));
        await using var again = await SqlitePeerstore.OpenAsync(_folder.Peers(), options, cancellationToken: Token);
        Assert.Equal(key.Encode(), (await again.Keys.GetPrivateKeyAsync(peer, Token))!.Encode());
        Assert.Equal(1, _folder.Count("SELECT count(DISTINCT value) FROM meta WHERE name LIKE 'private-keys%'"));
    }

    [Fact]
    public async Task A_view_that_is_not_as_it_was_made_is_made_anew()
    {
        await FillAsync();
        _folder.Execute("DROP VIEW peers_text; CREATE VIEW peers_text AS SELECT 1 AS peer");
        await using var store = await OpenAsync();
        Assert.Null(store.SalvagedAtOpening);
        Assert.Equal(Peers, _folder.Count("SELECT count(DISTINCT peer) FROM peers_text"));
    }

    private async Task FillAsync()
    {
        await using var store = await OpenAsync();
        await AddAsync(store, Peers);
    }

    private async Task AddAsync(SqlitePeerstore store, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var peer = Sample.NewPeer();
            _peers.Add(peer);
            await store.Addresses.AddAsync(peer, [Sample.Address(i)], Sample.Hour, Token);
        }
    }

    private async Task<SqlitePeerstore> OpenAsync() => await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);

    private byte[] Overwrite(int offset, int length, byte value)
    {
        var bytes = File.ReadAllBytes(_folder.Peers());
        bytes.AsSpan(offset, length).Fill(value);
        File.WriteAllBytes(_folder.Peers(), bytes);
        return bytes;
    }
}
