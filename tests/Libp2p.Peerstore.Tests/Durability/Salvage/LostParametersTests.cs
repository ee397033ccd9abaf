using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>A file with sealed private keys that no longer says how they are sealed.</summary>
public sealed class LostParametersTests : IDisposable
{
    private const int Page = 4096;

    private readonly TemporaryFolder _folder = new();
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_an_error_for_the_right_secret_a_wrong_one_and_none_and_nothing_is_changed(bool isPageDestroyed)
    {
        await FillAsync(edit => edit.AddPrivateKey(_key).SetProtocols(["/a"]));
        if (isPageDestroyed)
        {
            await DestroyMetaAsync();
        }
        else
        {
            Assert.Equal(2, _folder.Execute("DELETE FROM meta WHERE name LIKE 'private-keys%'"));
        }

        var damaged = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        Assert.False((await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).IsClean);
        foreach (var secret in (byte?[])[1, 2, null])
        {
            var refusal = await Assert.ThrowsAsync<PeerstoreException>(() => OpenAsync(secret));
            Assert.Equal(PeerstoreError.Damaged, refusal.Error);
            Assert.Contains("parameters of the private keys", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, await File.ReadAllBytesAsync(_folder.Peers(), Token));
        }

        Assert.Equal(
            ["peers.db", "peers.db.lock"],
            Directory.GetFiles(_folder.File("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0, 8)] // It is no page of a tree.
    [InlineData(4, 4)] // It has no rows.
    public async Task One_bit_in_the_page_that_has_both_copies_loses_neither(int at, byte bit)
    {
        await FillAsync(edit => edit.AddPrivateKey(_key));
        await ChangeMetaAsync(page => page[at] ^= bit);
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(() => OpenAsync(secret: 2));
        Assert.Equal(PeerstoreError.WrongPassphrase, refusal.Error);
        await using var store = await OpenAsync(secret: 1);
        Assert.Equal(_key.Encode(), (await store.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
        Assert.Equal(2, _folder.Count("SELECT count(*) FROM meta WHERE name LIKE 'private-keys%'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public async Task Where_no_key_was_sealed_nothing_is_lost(int? secret)
    {
        await FillAsync(edit => edit.SetProtocols(["/a"]));
        await DestroyMetaAsync();
        await using var store = await OpenAsync((byte?)secret);
        Assert.Equal(1, store.SalvagedAtOpening?.Peers);
        Assert.Equal(["/a"], await store.Protocols.GetAsync(Peer, Token));
    }

    [Fact]
    public async Task An_entry_that_only_looks_as_if_it_had_a_sealed_key_is_set_aside_and_the_file_opened()
    {
        await FillAsync(edit => edit.AddPrivateKey(_key));
        _folder.Execute("UPDATE peer SET entry = substr(entry, 1, length(entry) - 4) || zeroblob(4); DELETE FROM meta WHERE name LIKE 'private-keys%'");
        await using var store = await OpenAsync(secret: null);
        Assert.Equal(1, store.DamagedAtOpening);
        Assert.Null(await store.Keys.GetPrivateKeyAsync(Peer, Token));
    }

    private async Task FillAsync(Action<IPeerEdit> edit)
    {
        await using var store = await OpenAsync(secret: 1);
        await store.UpdatePeerAsync(Peer, edit, Token);
    }

    private async Task DestroyMetaAsync() => await ChangeMetaAsync(static page => page.AsSpan().Fill(0xFF));

    private async Task ChangeMetaAsync(Action<byte[]> change)
    {
        var page = (int)_folder.Count("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'");
        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        var changed = bytes.AsSpan(Page * (page - 1), Page);
        var content = changed.ToArray();
        change(content);
        content.CopyTo(changed);
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);
    }

    private async Task<SqlitePeerstore> OpenAsync(byte? secret) => await SqlitePeerstore.OpenAsync(
        _folder.Peers(),
        new() { PrivateKeys = secret is { } known ? PrivateKeyProtection.FromProtector(new XorProtector(known)) : null },
        cancellationToken: Token);
}
