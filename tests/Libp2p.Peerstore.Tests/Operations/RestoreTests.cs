using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PeerId _old = Sample.NewPeer();
    private readonly PeerId _new = Sample.NewPeer();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backup => _folder.File("backup.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_backed_up_is_there_again()
    {
        await FillAsync(_folder.Peers(), _old);
        await PeerstoreFile.BackupAsync(_folder.Peers(), Backup, Token);
        var backup = await File.ReadAllBytesAsync(Backup, Token);
        File.Delete(_folder.Peers());

        var check = await PeerstoreFile.RestoreAsync(Backup, _folder.Peers(), cancellationToken: Token);

        Assert.Equal((true, 1, 1), (check.IsClean, check.Peers, check.Addresses));
        Assert.Equal([_old], await PeersAsync());
        Assert.Equal(backup, await File.ReadAllBytesAsync(Backup, Token));
        Assert.Empty(Directory.GetFiles(_folder.File(""), "*.partial"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Peers()));
        }
    }

    [Fact]
    public async Task A_peerstore_that_is_there_is_replaced_only_if_that_is_asked_for()
    {
        await FillAsync(Backup, _old);
        await FillAsync(_folder.Peers(), _new);

        Assert.Equal(PeerstoreError.CannotWrite, await RefusalAsync("is there already", overwrite: false));
        Assert.Equal([_new], await PeersAsync());
        await PeerstoreFile.RestoreAsync(Backup, _folder.Peers(), overwrite: true, Token);
        Assert.Equal([_old], await PeersAsync());
    }

    [Fact]
    public async Task The_log_of_a_killed_process_does_not_come_back_over_what_was_restored()
    {
        await FillAsync(Backup, _old);
        await LeaveKilledAsync();
        Assert.True(new FileInfo(_folder.Peers() + "-wal").Length > 0);

        await PeerstoreFile.RestoreAsync(Backup, _folder.Peers(), overwrite: true, Token);

        Assert.False(File.Exists(_folder.Peers() + "-wal"));
        Assert.True((await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).IsClean);
        Assert.Equal([_old], await PeersAsync());
    }

    [Fact]
    public async Task A_restore_that_fails_leaves_the_former_file_with_its_log()
    {
        await FillAsync(Backup, _old);
        _folder.Execute(Backup, "UPDATE peer SET entry = x'0200'");
        await LeaveKilledAsync();

        Assert.Equal(PeerstoreError.Damaged, await RefusalAsync("is damaged, nothing was restored: peer ", overwrite: true));
        Assert.Equal([_new], await PeersAsync());
        Assert.Empty(Directory.GetFiles(_folder.File(""), "*.partial"));
    }

    [Fact]
    public async Task A_file_damaged_as_a_whole_is_replaced_with_its_log()
    {
        await FillAsync(Backup, _old);
        await FillAsync(_folder.Peers(), _new);
        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        bytes.AsSpan(100).Fill(0xFF);
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);
        await File.WriteAllBytesAsync(_folder.Peers() + "-wal", [1, 2, 3], Token);

        await PeerstoreFile.RestoreAsync(Backup, _folder.Peers(), overwrite: true, Token);
        Assert.Equal([_old], await PeersAsync());
    }

    [Fact]
    public async Task What_is_in_the_log_of_the_backup_is_restored_too()
    {
        await LeaveKilledAsync();

        await PeerstoreFile.RestoreAsync(_folder.Peers(), _folder.File("restored.db"), cancellationToken: Token);

        await using var store = await SqlitePeerstore.OpenAsync(_folder.File("restored.db"), cancellationToken: Token);
        Assert.Equal([_new], await store.GetPeersAsync(Token).ToSetAsync());
    }

    [Fact]
    public async Task A_file_that_is_no_peerstore_or_open_is_never_replaced()
    {
        await FillAsync(Backup, _old);
        await File.WriteAllTextAsync(_folder.Peers(), "my letters", Token);
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync("is not a peerstore", overwrite: true));
        Assert.Equal("my letters", await File.ReadAllTextAsync(_folder.Peers(), Token));
        File.Delete(_folder.Peers());

        _folder.Execute("CREATE TABLE letters (text); INSERT INTO letters VALUES ('Dear'); PRAGMA journal_mode = WAL");
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync("is not a peerstore", overwrite: true));
        _folder.Execute("PRAGMA application_id = 0x4C703270; PRAGMA user_version = 3");
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync("newer version", overwrite: true));
        _folder.Execute("PRAGMA application_id = 0x4C703271; PRAGMA user_version = 2");
        Assert.Equal(PeerstoreError.WrongFile, await RefusalAsync("is not a peerstore", overwrite: true));
        Assert.Equal(1, _folder.Count("SELECT count(*) FROM letters"));
        File.Delete(_folder.Peers());

        await using (await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token))
        {
            Assert.Equal(PeerstoreError.InUse, await RefusalAsync("in use", overwrite: true));
        }

        await using (await SqlitePeerstore.OpenAsync(Backup, cancellationToken: Token))
        {
            Assert.Equal(PeerstoreError.InUse, await RefusalAsync("in use", overwrite: true));
        }
    }

    [Fact]
    public async Task Names_that_make_no_sense_are_clear_errors()
    {
        Assert.Equal(PeerstoreError.CannotOpen, await RefusalAsync("There is no peerstore at", overwrite: false));
        await FillAsync(_folder.Peers(), _new);
        var itself = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await PeerstoreFile.RestoreAsync(_folder.Peers(), _folder.Peers(), overwrite: true, Token));
        Assert.Equal($"{_folder.Peers()} is the backup itself.", itself.Message);
        Directory.CreateDirectory(_folder.File("folder"));
        var folder = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await PeerstoreFile.RestoreAsync(_folder.Peers(), _folder.File("folder"), overwrite: true, Token));
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);
        Assert.Equal([_new], await PeersAsync());
    }

    private async Task<PeerstoreError> RefusalAsync(string message, bool overwrite)
    {
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await PeerstoreFile.RestoreAsync(Backup, _folder.Peers(), overwrite, Token));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        return refusal.Error;
    }

    private static async Task FillAsync(string path, PeerId peer)
    {
        await using var store = await SqlitePeerstore.OpenAsync(path, cancellationToken: Token);
        await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
    }

    /// <summary>The files as a killed process would leave them, with a peer that is only in the log.</summary>
    private async Task LeaveKilledAsync()
    {
        var path = _folder.File("killed.db");
        await using var store = await SqlitePeerstore.OpenAsync(path, cancellationToken: Token);
        await store.Addresses.AddAsync(_new, [Sample.Tcp], Sample.Hour, Token);
        await store.FlushAsync(Token);
        foreach (var side in (string[])["", "-wal"])
        {
            File.Copy(path + side, _folder.Peers() + side);
        }
    }

    private async Task<HashSet<PeerId>> PeersAsync()
    {
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), new() { CreateIfMissing = false }, cancellationToken: Token);
        return await store.GetPeersAsync(Token).ToSetAsync();
    }
}
