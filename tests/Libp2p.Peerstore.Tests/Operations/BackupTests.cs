using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => _folder.File("backup.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_is_a_peerstore_with_all_that_was_stored_before()
    {
        var key = Sample.NewKey();
        var record = Sample.Record(key, 7, Sample.Tcp, Sample.Quic);
        await using var store = await OpenAsync(_folder.Peers());
        await store.UpdatePeerAsync(
            record.Peer,
            edit => edit
                .Consume(record, Sample.Hour)
                .AddAddresses([Sample.Six], AddressTtl.Permanent)
                .AddPublicKey(key.PublicKey)
                .SetProtocols(["/a", "/b"])
                .SetMetadata("k", 42L)
                .RecordLatency(Sample.Minute),
            Token);
        await store.BackupAsync(Target, Token);

        var before = await store.GetSnapshotAsync(record.Peer, Token);
        await using var backup = await OpenAsync(Target);
        var after = await backup.GetSnapshotAsync(record.Peer, Token);
        Assert.Equal(before.Addresses, after.Addresses);
        Assert.Equal(before.Record!.Bytes.ToArray(), after.Record!.Bytes.ToArray());
        Assert.Equal((before.PublicKey, before.Latency), (after.PublicKey, after.Latency));
        Assert.Equal(before.Protocols, after.Protocols);
        Assert.Equal(42L, await backup.Metadata.GetAsync<long>(record.Peer, "k", Token));
    }

    [Fact]
    public async Task Backups_made_while_others_write_have_what_was_acknowledged_before_and_open_clean()
    {
        await using var store = await OpenAsync(_folder.Peers());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var acknowledged = new List<PeerId>();
        var writing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var peer = Sample.NewPeer();
                    await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
                    lock (acknowledged)
                    {
                        acknowledged.Add(peer);
                    }
                }
            },
            Token);
        var backups = new List<(string Path, int Acknowledged)>();
        for (var i = 0; i < 8; i++)
        {
            var path = _folder.File($"backup-{i}.db");
            int count;
            lock (acknowledged)
            {
                count = acknowledged.Count;
            }

            await store.BackupAsync(path, Token);
            backups.Add((path, count));
        }

        await stop.CancelAsync();
        await writing;
        Assert.True(backups[^1].Acknowledged > 0);
        foreach (var (path, count) in backups)
        {
            await using var backup = await OpenAsync(path);
            var peers = await backup.GetPeersAsync(Token).ToSetAsync();
            Assert.Equal(0, backup.DamagedAtOpening);
            Assert.Superset(acknowledged.Take(count).ToHashSet(), peers);
        }
    }

    [Fact]
    public async Task The_store_goes_on_writing_and_closes_as_ever_after_a_backup()
    {
        var (first, second) = (Sample.NewPeer(), Sample.NewPeer());
        await using (var store = await OpenAsync(_folder.Peers()))
        {
            await store.Addresses.AddAsync(first, [Sample.Tcp], Sample.Hour, Token);
            await store.BackupAsync(Target, Token);
            await store.Addresses.AddAsync(second, [Sample.Tcp], Sample.Hour, Token);
        }

        Assert.False(File.Exists(_folder.Peers() + "-wal"));
        await using var again = await OpenAsync(_folder.Peers());
        Assert.Equal([first, second], await again.GetPeersAsync(Token).ToSetAsync());
        await using var backup = await OpenAsync(Target);
        Assert.Equal([first], await backup.GetPeersAsync(Token).ToSetAsync());
    }

    [Fact]
    public async Task A_backup_leaves_one_file_which_belongs_to_its_user_alone()
    {
        await using var store = await OpenAsync(_folder.Peers());
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        await store.BackupAsync(Target, Token);

        Assert.Equal([Target], Directory.GetFiles(_folder.File(""), "backup*"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        }
    }

    [Fact]
    public async Task A_file_that_is_there_is_never_written_over()
    {
        await using var store = await OpenAsync(_folder.Peers());
        await File.WriteAllTextAsync(Target, "mine", Token);
        Directory.CreateDirectory(_folder.File("folder"));

        foreach (var path in (string[])[Target, _folder.Peers(), _folder.File("folder")])
        {
            var refusal = await Assert.ThrowsAsync<PeerstoreException>(async () => await store.BackupAsync(path, Token));
            Assert.Equal((PeerstoreError.CannotWrite, $"{path} is there already."), (refusal.Error, refusal.Message));
        }

        Assert.Equal("mine", await File.ReadAllTextAsync(Target, Token));
    }

    [Fact]
    public async Task A_target_that_cannot_be_written_is_one_clear_error()
    {
        await using var store = await OpenAsync(_folder.Peers());
        var path = _folder.File("no-folder/backup.db");

        var refusal = await Assert.ThrowsAsync<PeerstoreException>(async () => await store.BackupAsync(path, Token));
        Assert.Equal(PeerstoreError.CannotWrite, refusal.Error);
        Assert.StartsWith($"{path} cannot be written: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_is_cancelled_or_comes_too_late_leaves_nothing()
    {
        await using var store = await OpenAsync(_folder.Peers());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await store.BackupAsync(Target, new CancellationToken(canceled: true)));
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.BackupAsync(Target, Token));

        Assert.Empty(Directory.GetFiles(_folder.File(""), "backup*"));
    }

    [Fact]
    public async Task A_file_is_copied_whether_a_store_has_it_open_or_not()
    {
        var peer = Sample.NewPeer();
        await using (var store = await OpenAsync(_folder.Peers()))
        {
            await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
            await store.FlushAsync(Token);
            await PeerstoreFile.BackupAsync(_folder.Peers(), _folder.File("open.db"), Token);
        }

        await PeerstoreFile.BackupAsync(_folder.Peers(), _folder.File("closed.db"), Token);
        foreach (var name in (string[])["open.db", "closed.db"])
        {
            await using var backup = await OpenAsync(_folder.File(name));
            Assert.Equal([peer], await backup.GetPeersAsync(Token).ToSetAsync());
        }
    }

    [Fact]
    public async Task What_is_not_a_peerstore_is_not_copied()
    {
        await File.WriteAllTextAsync(_folder.File("text"), string.Concat(Enumerable.Repeat("not a database\n", 100)), Token);
        _folder.Execute("PRAGMA application_id = 1");

        Assert.Equal(PeerstoreError.CannotOpen, await RefusalAsync(_folder.File("no.db")));
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync(_folder.File("text")));
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync(_folder.Peers()));
        Assert.Empty(Directory.GetFiles(_folder.File(""), "backup*"));
    }

    [Fact]
    public void What_was_begun_and_not_published_is_removed()
    {
        using (var file = new NewFile(Target))
        {
            Assert.True(File.Exists(file.Path));
            Assert.StartsWith(Target + ".", file.Path, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(_folder.File("")));
    }

    [Fact]
    public void Publishing_finds_a_file_that_came_meanwhile()
    {
        using (var file = new NewFile(Target))
        {
            File.WriteAllText(Target, "mine");
            Assert.ThrowsAny<IOException>(() => file.Publish(replace: false));
        }

        Assert.Equal("mine", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.File("")));
    }

    private async Task<PeerstoreError> RefusalAsync(string path) => (await Assert.ThrowsAsync<PeerstoreException>(
        async () => await PeerstoreFile.BackupAsync(path, Target, Token))).Error;

    private static async Task<SqlitePeerstore> OpenAsync(string path) =>
        await SqlitePeerstore.OpenAsync(path, cancellationToken: Token);
}
