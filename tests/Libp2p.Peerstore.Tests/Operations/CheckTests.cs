using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static PrivateKeyProtection Protection => PrivateKeyProtection.FromPassphrase("a check needs no passphrase");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_good_file_is_clean_and_counted()
    {
        var key = Sample.NewKey();
        var record = Sample.Record(key, 7, Sample.Tcp, Sample.Quic);
        await using (var store = await OpenAsync())
        {
            await store.UpdatePeerAsync(
                record.Peer,
                edit => edit.Consume(record, Sample.Hour).AddAddresses([Sample.Six], Sample.Minute).AddPrivateKey(key),
                Token);
            await store.Protocols.SetAsync(Sample.NewPeer(), ["/a"], Token);
        }

        var check = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);

        Assert.True(check.IsClean);
        Assert.Empty(check.Findings);
        Assert.Equal((2, 0, 0), (check.Peers, check.DamagedPeers, check.SetAside));
        Assert.Equal((3, 1, 1), (check.Addresses, check.Records, check.PrivateKeys));
        Assert.Equal(_folder.Count("SELECT sum(length(entry)) FROM peer"), check.EntryBytes);
        Assert.Equal(_folder.Count("PRAGMA user_version"), check.SchemaVersion);
        Assert.Equal(new FileInfo(_folder.Peers()).Length, check.FileBytes);
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_findings_and_stay_where_they_are()
    {
        var (damaged, other) = (Sample.NewPeer(), Sample.NewPeer());
        await FillAsync(damaged, other);
        _folder.Damage(damaged);
        _folder.Execute("INSERT INTO peer (id, entry) VALUES (x'FF', x'00')");
        var before = await File.ReadAllBytesAsync(_folder.Peers(), Token);

        var check = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);

        Assert.False(check.IsClean);
        Assert.Equal((1, 2), (check.Peers, check.DamagedPeers));
        Assert.Equal(
            [$"peer {damaged}: the checksum of the entry is wrong", "the row of the key FF: the key is not a peer ID"],
            check.Findings.Order(StringComparer.Ordinal));
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Peers(), Token));
    }

    [Fact]
    public async Task What_was_set_aside_is_counted_and_no_finding()
    {
        var damaged = Sample.NewPeer();
        await FillAsync(damaged);
        _folder.Damage(damaged);
        await using (await OpenAsync())
        {
        }

        var check = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);
        Assert.True(check.IsClean);
        Assert.Equal((0, 0, 1), (check.Peers, check.DamagedPeers, check.SetAside));
    }

    [Fact]
    public async Task Findings_beyond_a_hundred_are_counted_only()
    {
        await FillAsync([.. Enumerable.Range(0, 150).Select(static _ => Sample.NewPeer())]);
        _folder.Execute("UPDATE peer SET entry = substr(entry, 1, length(entry) / 2)");

        var check = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);
        Assert.Equal((PeerstoreCheck.MaxFindings, 150), (check.Findings.Count, check.DamagedPeers));
    }

    [Fact]
    public async Task A_damaged_page_or_a_missing_table_is_a_finding_and_no_error()
    {
        await FillAsync([.. Enumerable.Range(0, 200).Select(static _ => Sample.NewPeer())]);
        File.Copy(_folder.Peers(), _folder.File("page.db"));
        var bytes = await File.ReadAllBytesAsync(_folder.File("page.db"), Token);
        bytes.AsSpan(3 * 4096, 4096).Fill(0xFF);
        await File.WriteAllBytesAsync(_folder.File("page.db"), bytes, Token);
        _folder.Execute("DROP TABLE peer");

        Assert.NotEmpty((await PeerstoreFile.CheckAsync(_folder.File("page.db"), Token)).Findings);
        var bare = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);
        Assert.Equal("the table peer is missing", bare.Findings[0]);
        Assert.Contains("no such table: peer", bare.Findings[1], StringComparison.Ordinal);
        Assert.Equal(2, bare.Findings.Count);
    }

    [Fact]
    public async Task A_value_of_another_type_is_a_finding()
    {
        await FillAsync(Sample.NewPeer());
        _folder.Execute("UPDATE peer SET entry = 7");

        Assert.False((await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).IsClean);
    }

    [Fact]
    public async Task A_check_leaves_nothing_beside_the_file_but_its_lock()
    {
        await FillAsync(Sample.NewPeer());
        await PeerstoreFile.CheckAsync(_folder.Peers(), Token);

        Assert.Equal(
            ["peers.db", "peers.db.lock"], Directory.GetFiles(_folder.File("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_killed_process_left_in_the_log_is_read_too()
    {
        var peer = Sample.NewPeer();
        await using var store = await OpenAsync();
        await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
        await store.FlushAsync(Token);
        foreach (var side in (string[])["", "-wal"])
        {
            File.Copy(_folder.Peers() + side, _folder.File("copy.db" + side));
        }

        var before = await File.ReadAllBytesAsync(_folder.File("copy.db"), Token);
        var log = await File.ReadAllBytesAsync(_folder.File("copy.db-wal"), Token);
        var check = await PeerstoreFile.CheckAsync(_folder.File("copy.db"), Token);

        Assert.Equal((true, 1), (check.IsClean, check.Peers));
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File("copy.db"), Token));
        Assert.Equal(log, await File.ReadAllBytesAsync(_folder.File("copy.db-wal"), Token));
    }

    [Fact]
    public async Task A_backup_is_clean_and_a_store_that_is_open_cannot_be_checked()
    {
        await using var store = await OpenAsync();
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        await store.BackupAsync(_folder.File("a #?%b.db"), Token);

        var check = await PeerstoreFile.CheckAsync(_folder.File("a #?%b.db"), Token);
        Assert.Equal((true, 1), (check.IsClean, check.Peers));
        Assert.Equal(PeerstoreError.InUse, await RefusalAsync(_folder.Peers()));
    }

    [Fact]
    public async Task What_is_not_a_peerstore_is_an_error()
    {
        await File.WriteAllTextAsync(_folder.File("text"), string.Concat(Enumerable.Repeat("not a database\n", 100)), Token);
        await FillAsync();
        File.Copy(_folder.Peers(), _folder.File("other.db"));
        _folder.Execute("PRAGMA user_version = 99; DELETE FROM meta WHERE name = 'schema'");

        Assert.Equal(PeerstoreError.CannotOpen, await RefusalAsync(_folder.File("no.db")));
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync(_folder.File("text")));
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync(_folder.Peers()));
        _folder.Execute("PRAGMA application_id = 1; PRAGMA user_version = 2");
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync(_folder.Peers()));
    }

    private static async Task<PeerstoreError> RefusalAsync(string path)
    {
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(async () => await PeerstoreFile.CheckAsync(path, Token));
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        return refusal.Error;
    }

    private async Task FillAsync(params PeerId[] peers)
    {
        await using var store = await OpenAsync();
        foreach (var peer in peers)
        {
            await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
        }
    }

    private async Task<SqlitePeerstore> OpenAsync() =>
        await SqlitePeerstore.OpenAsync(_folder.Peers(), new() { PrivateKeys = Protection }, cancellationToken: Token);
}
