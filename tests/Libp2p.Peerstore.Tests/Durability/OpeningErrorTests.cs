using System.Globalization;
using Libp2p.Peerstore.Sqlite;
using Microsoft.Data.Sqlite;
using Peerstore.CrashHarness;

namespace Libp2p.Peerstore.Tests;

public class OpeningErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error_unless_it_may_be_made()
    {
        using var folder = new TemporaryFolder();
        await AssertRefusedAsync(folder.File("no.db"), PeerstoreError.CannotOpen, "There is no peerstore at", create: false);
        Assert.False(File.Exists(folder.File("no.db")));
        Assert.False(File.Exists(folder.File("no.db.lock")));
        await AssertRefusedAsync(folder.File("no-folder/no.db"), PeerstoreError.CannotOpen, "cannot be opened");
    }

    [Fact]
    public async Task A_folder_or_a_text_is_not_a_peerstore()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("folder"));
        await AssertRefusedAsync(folder.File("folder"), PeerstoreError.CannotOpen, "is a folder");
        var text = string.Concat(Enumerable.Repeat("not a database\n", 100));
        await File.WriteAllTextAsync(folder.File("text"), text, Token);
        await AssertRefusedAsync(folder.File("text"), PeerstoreError.WrongFile, "is not a peerstore");
        Assert.Equal(text, await File.ReadAllTextAsync(folder.File("text"), Token));
    }

    [Fact]
    public async Task A_refused_file_is_left_as_it_was_with_nothing_beside_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("text"), "x", Token);
        await File.WriteAllBytesAsync(folder.File("empty"), [], Token);
        await AssertRefusedAsync(folder.File("text"), PeerstoreError.WrongFile, "is not a peerstore", create: false);
        await AssertRefusedAsync(folder.File("empty"), PeerstoreError.WrongFile, "it is empty", create: false);

        Assert.Equal(["empty", "text"], Directory.GetFiles(folder.File("")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, new FileInfo(folder.File("empty")).Length);
    }

    [Fact]
    public async Task A_file_whose_first_page_a_power_loss_left_half_written_is_a_new_one()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.Peers(), new byte[4096], Token);
        await AssertRefusedAsync(folder.Peers(), PeerstoreError.WrongFile, "is not a peerstore");

        // SQLite's journal of a database that had no page: magic, no records, a number, no pages, sectors of 512, pages of 4096.
        var journal = new byte[512];
        Convert.FromHexString("D9D505F920A163D70000000000000001000000000000020000001000").CopyTo(journal, 0);
        await File.WriteAllBytesAsync(folder.Peers() + "-journal", journal, Token);
        await using var store = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token);
        Assert.Null(store.SalvagedAtOpening);
        Assert.Equal(2, folder.Count("PRAGMA user_version"));
    }

    [Fact]
    public async Task A_database_that_is_damaged_as_a_whole_is_one_clear_error_where_it_is_not_to_be_salvaged()
    {
        using var folder = new TemporaryFolder();
        await using (var store = await SqlitePeerstore.OpenAsync(folder.File("page.db"), cancellationToken: Token))
        {
            for (var i = 0; i < 200; i++)
            {
                await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
            }
        }

        var bytes = await File.ReadAllBytesAsync(folder.File("page.db"), Token);
        bytes.AsSpan(4096, 4096).Fill(0xFF);
        await File.WriteAllBytesAsync(folder.File("page.db"), bytes, Token);
        await AssertRefusedAsync(folder.File("page.db"), PeerstoreError.Damaged, "is damaged");

        await using (var connection = new SqliteConnection($"Data Source={folder.File("bare.db")};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA application_id = 0x4C703270; PRAGMA user_version = 1";
            await command.ExecuteNonQueryAsync(Token);
        }

        await AssertRefusedAsync(folder.File("bare.db"), PeerstoreError.Damaged, "tables");
    }

    [Fact]
    public async Task A_link_and_another_spelling_lead_to_the_same_lock()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making a link needs rights there that a test may not have.");
        using var folder = new TemporaryFolder();
        Directory.CreateSymbolicLink(folder.File("link"), folder.File("real"));
        Directory.CreateDirectory(folder.File("real"));
        File.CreateSymbolicLink(folder.File("alias.db"), folder.File("real/peers.db"));
        await using var store = await SqlitePeerstore.OpenAsync(folder.File("real/peers.db"), cancellationToken: Token);

        foreach (var spelling in (string[])["alias.db", "link/peers.db", "real/../real/peers.db"])
        {
            var refusal = await Assert.ThrowsAsync<PeerstoreException>(
                async () => await SqlitePeerstore.OpenAsync(folder.File(spelling), cancellationToken: Token));
            Assert.Equal(PeerstoreError.InUse, refusal.Error);
        }
    }

    [Fact]
    public async Task Names_that_mean_something_else_to_sqlite_are_names_of_files()
    {
        using var folder = new TemporaryFolder();
        var peer = Sample.NewPeer();
        foreach (var name in (string[])[":memory:", "file:q.db", "a b;c=d.db"])
        {
            await using (var store = await SqlitePeerstore.OpenAsync(folder.File(name), cancellationToken: Token))
            {
                await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
            }

            await using var again = await SqlitePeerstore.OpenAsync(folder.File(name), cancellationToken: Token);
            Assert.Single(await again.Addresses.GetAsync(peer, Token));
        }
    }

    [Theory]
    [InlineData("CREATE TABLE t (x)", "of another application")]
    [InlineData("PRAGMA application_id = 1", "of another application")]
    [InlineData("PRAGMA application_id = 0x4C703270; PRAGMA user_version = 3", "newer version")]
    public async Task A_database_of_another_application_or_version_is_refused_and_not_touched(string sql, string message)
    {
        using var folder = new TemporaryFolder();
        await using (var connection = new SqliteConnection($"Data Source={folder.File("x.db")};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(Token);
        }

        var before = await File.ReadAllBytesAsync(folder.File("x.db"), Token);
        await AssertRefusedAsync(folder.File("x.db"), PeerstoreError.WrongFile, message);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.File("x.db"), Token));
    }

    [Fact]
    public async Task A_second_opener_is_told_who_has_the_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("peers.db");
        await using (await SqlitePeerstore.OpenAsync(path, cancellationToken: Token))
        {
            var process = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            await AssertRefusedAsync(path, PeerstoreError.InUse, OperatingSystem.IsWindows() ? "in use" : $"in use by process {process}");
        }

        await using var again = await SqlitePeerstore.OpenAsync(path, cancellationToken: Token);
    }

    [Fact]
    public async Task The_lock_is_a_file_that_nobody_else_can_hold()
    {
        using var folder = new TemporaryFolder();
        await using var store = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Peers() + ".lock"));
        }
    }

    [Fact]
    public async Task Whoever_is_refused_takes_nothing_from_the_store_that_has_the_file()
    {
        using var folder = new TemporaryFolder();
        await using var store = await SqlitePeerstore.OpenAsync(
            folder.Peers(), new() { Durability = Durability.OnAcknowledge }, cancellationToken: Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        Func<Task>[] attempts =
        [
            async () => await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token),
            async () => await PeerstoreFile.CheckAsync(folder.Peers(), Token),
            async () => await PeerstoreFile.CompactAsync(folder.Peers(), cancellationToken: Token),
            async () => await PeerstoreFile.RestoreAsync(folder.Peers(), folder.File("other.db"), cancellationToken: Token),
            async () => await PeerstoreFile.RestoreAsync(folder.File("backup.db"), folder.Peers(), overwrite: true, Token),
        ];
        await store.BackupAsync(folder.File("backup.db"), Token);
        foreach (var attempt in attempts)
        {
            Assert.Equal(PeerstoreError.InUse, (await Assert.ThrowsAsync<PeerstoreException>(attempt)).Error);

            // A program that finds no lock takes itself for the last one, and removes the log when it closes the file.
            using var visitor = Killing.Start(["visit", "--db", folder.Peers()]);
            Assert.Equal("1", (await visitor.StandardOutput.ReadToEndAsync(Token)).Trim());
            await visitor.WaitForExitAsync(Token);
            Assert.NotEqual(0, new FileInfo(folder.Peers() + "-wal").Length);
        }
    }

    private static async Task AssertRefusedAsync(string path, PeerstoreError error, string message, bool create = true)
    {
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await SqlitePeerstore.OpenAsync(path, new() { CreateIfMissing = create, SalvageDamagedFile = false }, cancellationToken: Token));
        Assert.Equal(error, refusal.Error);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
    }
}
