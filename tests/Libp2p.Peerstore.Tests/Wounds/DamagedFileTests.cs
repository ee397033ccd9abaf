using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 15 of the field: a start from known peers that a single damaged record prevents.</summary>
public class DamagedFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_damaged_row_is_set_aside_with_the_reason_and_the_rest_is_loaded()
    {
        using var folder = new TemporaryFolder();
        var (damaged, other) = (Sample.NewPeer(), Sample.NewPeer());
        await using (var store = await OpenAsync(folder))
        {
            await store.Addresses.AddAsync(damaged, [Sample.Tcp], Sample.Hour, Token);
            await store.Addresses.AddAsync(other, [Sample.Quic], Sample.Hour, Token);
        }

        folder.Damage(damaged);
        folder.Execute("INSERT INTO peer (id, entry) VALUES (x'FF', x'00')");
        await using (var store = await OpenAsync(folder))
        {
            Assert.Equal(2, store.DamagedAtOpening);
            Assert.Equal([other], await store.GetPeersAsync(Token).ToSetAsync());
        }

        Assert.Equal(1, folder.Count("SELECT count(*) FROM damaged WHERE reason = 'the checksum of the entry is wrong'"));
        Assert.Equal(1, folder.Count("SELECT count(*) FROM damaged WHERE reason = 'the key is not a peer ID'"));
        await using (var store = await OpenAsync(folder))
        {
            Assert.Equal(0, store.DamagedAtOpening);
        }
    }

    [Fact]
    public async Task A_file_of_which_every_row_is_damaged_opens_empty()
    {
        using var folder = new TemporaryFolder();
        await using (var store = await OpenAsync(folder))
        {
            for (var i = 0; i < 20; i++)
            {
                await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
            }
        }

        Assert.Equal(20, folder.Execute("UPDATE peer SET entry = substr(entry, 1, length(entry) / 2)"));
        await using var again = await OpenAsync(folder);
        Assert.Equal(20, again.DamagedAtOpening);
        Assert.Empty(await again.GetPeersAsync(Token).ToSetAsync());
    }

    private static async Task<SqlitePeerstore> OpenAsync(TemporaryFolder folder) =>
        await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token);
}
