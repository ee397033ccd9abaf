using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>What is damaged and not ours, or not known, is not salvaged: nothing would be left of it under its name.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private const int Page = 4096;
    private const string Places = """
        CREATE TABLE places (text);
        WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < 50)
        INSERT INTO places SELECT hex(zeroblob(500)) FROM number;
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("PRAGMA journal_mode = WAL")]
    [InlineData("PRAGMA application_id = 1")]
    [InlineData("PRAGMA application_id = 0x4C703271; PRAGMA user_version = 2")]
    public async Task Of_a_database_of_another_application_that_is_cut_off_nothing_is_changed(string sql)
    {
        _folder.Execute(Places + sql);
        CutOff();
        await AssertRefusedAsync("is not a peerstore");
    }

    [Fact]
    public async Task Of_a_peerstore_of_a_newer_version_that_is_cut_off_nothing_is_changed()
    {
        await FillAsync();
        _folder.Execute("UPDATE meta SET value = '3' WHERE name = 'schema'; PRAGMA user_version = 3");
        CutOff();
        await AssertRefusedAsync("newer version");
    }

    [Theory]
    [InlineData("PRAGMA application_id = 0x4C703271")]
    [InlineData("PRAGMA user_version = 3")]
    public async Task Of_a_peerstore_with_a_damaged_header_that_is_cut_off_what_is_left_is_salvaged(string sql)
    {
        await FillAsync();
        _folder.Execute(sql);
        CutOff();
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        Assert.InRange(store.SalvagedAtOpening!.Peers, 1, 199);
    }

    private async Task FillAsync()
    {
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        for (var i = 0; i < 200; i++)
        {
            await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Address(i)], Sample.Hour, Token);
        }
    }

    private void CutOff()
    {
        using var file = File.OpenWrite(_folder.Peers());
        file.SetLength(file.Length - Page);
    }

    private async Task AssertRefusedAsync(string message)
    {
        var before = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        foreach (var salvage in (bool[])[true, false])
        {
            var refusal = await Assert.ThrowsAsync<PeerstoreException>(async () =>
                await SqlitePeerstore.OpenAsync(_folder.Peers(), new() { SalvageDamagedFile = salvage }, cancellationToken: Token));
            Assert.Equal(PeerstoreError.WrongFile, refusal.Error);
            Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Peers(), Token));
        Assert.False(File.Exists(_folder.Peers() + ".damaged-1"));
    }
}
