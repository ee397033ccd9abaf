using System.Text;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

public sealed class SchemaCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("length(peer.entry) AS bytes", "the view peers_text is not as this program makes it")]
    [InlineData("'permanent'", "the view addresses_text is not as this program makes it")]
    [InlineData("AS protocol\n", "the view protocols_text is not as this program makes it")]
    [InlineData("found  TEXT", "the table damaged is not as this program makes it")]
    public async Task A_byte_that_changed_in_the_text_of_the_schema_is_a_finding(string text, string finding)
    {
        await MakeAsync();
        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        // A page may hold a former copy of it, too.
        for (int at = 0, next; (next = bytes.AsSpan(at).IndexOf(Encoding.UTF8.GetBytes(text))) >= 0; at += next + text.Length)
        {
            bytes[at + next + text.Length - 2] ^= 1;
        }

        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);

        Assert.Equal([finding], (await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).Findings);
    }

    [Theory]
    [InlineData("DROP VIEW protocols_text", "the view protocols_text is missing")]
    [InlineData("CREATE INDEX by_size ON peer (length(entry))", "the index by_size is none of a peerstore's")]
    [InlineData("CREATE TRIGGER keep BEFORE DELETE ON peer BEGIN SELECT raise(ABORT, ''); END", "the trigger keep is none of a peerstore's")]
    [InlineData("CREATE TABLE notes (text)", "the table notes is none of a peerstore's")]
    [InlineData("ALTER TABLE damaged ADD COLUMN more TEXT", "the table damaged is not as this program makes it")]
    public async Task What_lacks_or_was_added_is_a_finding(string sql, string finding)
    {
        await MakeAsync();
        _folder.Execute(sql);

        Assert.Equal([finding], (await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).Findings);
    }

    [Fact]
    public async Task Statistics_that_sqlite_keeps_for_itself_are_no_finding()
    {
        await MakeAsync();
        _folder.Execute("ANALYZE");
        Assert.Equal(1, _folder.Count("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'"));

        Assert.Empty((await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).Findings);
    }

    [Fact]
    public async Task A_backup_with_another_schema_is_not_restored()
    {
        await MakeAsync();
        _folder.Execute("DROP VIEW peers_text");

        var refusal = await Assert.ThrowsAsync<PeerstoreException>(
            async () => await PeerstoreFile.RestoreAsync(_folder.Peers(), _folder.File("new.db"), cancellationToken: Token));
        Assert.Equal(PeerstoreError.Damaged, refusal.Error);
        Assert.Contains("the view peers_text is missing", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("new.db")));
    }

    private async Task MakeAsync()
    {
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
    }
}
