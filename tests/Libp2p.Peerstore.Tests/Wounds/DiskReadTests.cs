using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>Wound 16 of the field: lodestar#2238, #3521, js-waku#2167: a store that asks the disk stalls its node.</summary>
public class DiskReadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Questions_and_changes_are_answered_from_memory_while_the_file_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        var peer = Sample.NewPeer();
        await using (var store = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token))
        {
            await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Hour, Token);
            await store.FlushAsync(Token);
            await using var other = folder.Connect();
            other.Execute("BEGIN IMMEDIATE");
            Assert.Equal(1, AtOnce.Answer(store.Addresses.AddAsync(peer, [Sample.Quic], Sample.Hour, Token)).Added);
            Assert.Equal(ProtocolOutcome.Stored, AtOnce.Answer(store.Protocols.SetAsync(peer, ["/a"], Token)));
            await Assert.ThrowsAsync<PeerstoreException>(() => store.FlushAsync(Token).AsTask());

            Assert.Equal(2, AtOnce.Answer(store.GetSnapshotAsync(peer, Token)).Addresses.Count);
            other.Execute("ROLLBACK");
        }

        await using var again = await SqlitePeerstore.OpenAsync(folder.Peers(), cancellationToken: Token);
        Assert.Equal(2, (await again.Addresses.GetAsync(peer, Token)).Count);
    }
}
