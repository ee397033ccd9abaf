using Libp2p.Peerstore.Sqlite;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class StoredKeyTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    private readonly TemporaryFolder _folder = new();
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_a_protection_a_private_key_is_refused_and_the_error_says_what_to_configure()
    {
        await using var store = await OpenAsync(protection: null);
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(async () => await store.Keys.AddPrivateKeyAsync(Peer, _key, Token));
        Assert.Equal(PeerstoreError.KeyProtection, refusal.Error);
        Assert.Contains("SqlitePeerstoreOptions.PrivateKeys", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("FromPassphrase", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PeerstoreException>(
            async () => await store.UpdatePeerAsync(Peer, edit => edit.AddPrivateKey(_key), Token));
        Assert.Null(await store.Keys.GetPrivateKeyAsync(Peer, Token));
    }

    [Fact]
    public async Task With_a_passphrase_the_files_never_hold_the_key_and_the_next_opener_has_it()
    {
        using var protection = PrivateKeyProtection.FromPassphrase(Passphrase, PassphraseSettings.MinIterations);
        await using (var store = await OpenAsync(protection))
        {
            await StoreAsync(store);
            await store.FlushAsync(Token);
            AssertNotInFiles(_key);
        }

        AssertNotInFiles(_key);
        await using var again = await OpenAsync(protection);
        Assert.Equal(_key.Encode(), (await again.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
        Assert.Equal(["/a"], await again.Protocols.GetAsync(Peer, Token));
        Assert.Equal(0, again.DamagedAtOpening);
    }

    [Fact]
    public async Task Another_passphrase_or_none_is_one_clear_error_and_changes_nothing()
    {
        using var protection = PrivateKeyProtection.FromPassphrase(Passphrase, PassphraseSettings.MinIterations);
        using var wrong = PrivateKeyProtection.FromPassphrase("wrong", PassphraseSettings.MinIterations);
        await using (var store = await OpenAsync(protection))
        {
            await StoreAsync(store);
        }

        await AssertRefusedAsync(wrong, PeerstoreError.WrongPassphrase, "not the passphrase");
        await AssertRefusedAsync(protection: null, PeerstoreError.KeyProtection, "SqlitePeerstoreOptions.PrivateKeys");
        await AssertRefusedAsync(PrivateKeyProtection.StoreInClear, PeerstoreError.KeyProtection, "protected by a passphrase");
        await using var again = await OpenAsync(protection);
        Assert.NotNull(await again.Keys.GetPrivateKeyAsync(Peer, Token));
    }

    [Fact]
    public async Task Who_opted_out_by_name_keeps_what_is_in_the_file_and_adds_nothing_without_saying_so_again()
    {
        await using (var store = await OpenAsync(PrivateKeyProtection.StoreInClear))
        {
            await StoreAsync(store);
        }

        await using var again = await OpenAsync(protection: null);
        Assert.Equal(_key.Encode(), (await again.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
        await Assert.ThrowsAsync<PeerstoreException>(async () => await again.Keys.AddPrivateKeyAsync(Peer, _key, Token));
    }

    [Fact]
    public async Task Keys_that_an_older_version_stored_in_clear_are_sealed_once_somebody_says_how()
    {
        var output = new EntryBuffer();
        using (var engine = new PeerstoreEngine(new PeerstoreOptions(), TimeProvider.System))
        {
            await new EngineStore(engine).Keys.AddPrivateKeyAsync(Peer, _key, Token);
            engine.TryEncode(Peer, output);
        }

        await using (await OpenAsync(protection: null))
        {
        }

        _folder.Execute($"INSERT INTO peer VALUES (x'{Convert.ToHexString(Peer.Bytes)}', x'{Convert.ToHexString(output.Written)}')");
        await AssertRefusedAsync(protection: null, PeerstoreError.KeyProtection, "in clear");
        using var protection = PrivateKeyProtection.FromProtector(new XorProtector(1));
        await using (var store = await OpenAsync(protection))
        {
            Assert.NotNull(await store.Keys.GetPrivateKeyAsync(Peer, Token));
        }

        AssertNotInFiles(_key);
        await using var again = await OpenAsync(protection);
        Assert.Equal(_key.Encode(), (await again.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
    }

    [Fact]
    public async Task A_new_passphrase_unlocks_all_keys_and_the_former_one_none()
    {
        using var former = PrivateKeyProtection.FromPassphrase(Passphrase, PassphraseSettings.MinIterations);
        using var next = PrivateKeyProtection.FromPassphrase("next", PassphraseSettings.MinIterations);
        var later = Sample.NewKey();
        await using (var store = await OpenAsync(former))
        {
            await StoreAsync(store);
            await store.FlushAsync(Token);
            await store.ChangePrivateKeyProtectionAsync(next, Token);
            await store.Keys.AddPrivateKeyAsync(PeerId.FromPublicKey(later.PublicKey), later, Token);
        }

        await AssertRefusedAsync(former, PeerstoreError.WrongPassphrase, "not the passphrase");
        await using var again = await OpenAsync(next);
        Assert.Equal(_key.Encode(), (await again.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
        Assert.Equal(later.Encode(), (await again.Keys.GetPrivateKeyAsync(PeerId.FromPublicKey(later.PublicKey), Token))!.Encode());
    }

    [Fact]
    public async Task A_store_that_took_no_keys_takes_them_once_it_is_told_how()
    {
        await using var store = await OpenAsync(protection: null);
        await store.ChangePrivateKeyProtectionAsync(PrivateKeyProtection.FromProtector(new XorProtector(1)), Token);
        await StoreAsync(store);
        await store.FlushAsync(Token);
        AssertNotInFiles(_key);
    }

    [Fact]
    public async Task A_sealed_key_that_cannot_be_opened_is_set_aside_and_the_rest_of_the_peer_is_kept()
    {
        var protection = PrivateKeyProtection.FromProtector(new XorProtector(1));
        await using (var store = await OpenAsync(protection))
        {
            await StoreAsync(store);
        }

        using (var connection = _folder.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE peer SET entry = $entry";
            command.Parameters.AddWithValue("$entry", Resealed(connection));
            command.ExecuteNonQuery();
        }

        for (var damaged = 1; damaged >= 0; damaged--)
        {
            await using var again = await OpenAsync(protection);
            Assert.Equal(damaged, again.DamagedAtOpening);
            Assert.Null(await again.Keys.GetPrivateKeyAsync(Peer, Token));
            Assert.Equal(["/a"], await again.Protocols.GetAsync(Peer, Token));
            Assert.Equal(Sample.Minute, await again.Metrics.GetLatencyAsync(Peer, Token));
            Assert.Equal(1, _folder.Count("SELECT count(*) FROM damaged WHERE reason = 'the private key cannot be decrypted'"));
        }
    }

    /// <summary>The entry with a good checksum over a key that another protector sealed.</summary>
    private byte[] Resealed(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT entry FROM peer";
        var output = new EntryBuffer();
        using var former = PrivateKeyProtection.FromProtector(new XorProtector(1)).Begin();
        using var other = PrivateKeyProtection.FromProtector(new XorProtector(2)).Begin();
        Assert.True(SealedEntry.TryReseal(Peer, (byte[])command.ExecuteScalar()!, former, other, output));
        return output.Written.ToArray();
    }

    private async Task StoreAsync(SqlitePeerstore store)
    {
        await store.Keys.AddPrivateKeyAsync(Peer, _key, Token);
        await store.Protocols.SetAsync(Peer, ["/a"], Token);
        await store.Metrics.RecordLatencyAsync(Peer, Sample.Minute, Token);
    }

    private void AssertNotInFiles(PrivateKey key)
    {
        // The seed of an Ed25519 key; its public half stands in every peer ID.
        var secret = key.Encode().AsSpan(4, 32).ToArray();
        Assert.All(
            Directory.GetFiles(_folder.File(""), "peers.db*").Where(static file => !file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)),
            file =>
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var content = new MemoryStream();
                stream.CopyTo(content);
                Assert.Equal(-1, content.ToArray().AsSpan().IndexOf(secret));
            });
    }

    private async Task AssertRefusedAsync(PrivateKeyProtection? protection, PeerstoreError error, string message)
    {
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(() => OpenAsync(protection));
        Assert.Equal(error, refusal.Error);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Peers(), refusal.Message, StringComparison.Ordinal);
    }

    private async Task<SqlitePeerstore> OpenAsync(PrivateKeyProtection? protection) =>
        await SqlitePeerstore.OpenAsync(_folder.Peers(), new() { PrivateKeys = protection }, cancellationToken: Token);
}
