using Libp2p.Peerstore.Sqlite;
using Libp2p.Peerstore.Testing;

namespace Libp2p.Peerstore.Tests;

/// <summary>What is done with a file whose private keys are sealed, by those who do not know the passphrase.</summary>
public sealed class SealedKeyOperationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly PrivateKey _key = Sample.NewKey();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PeerId Peer => PeerId.FromPublicKey(_key.PublicKey);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_compaction_drops_what_has_ended_beside_a_sealed_key()
    {
        await FillAsync(edit => edit.AddPrivateKey(_key)
            .AddAddresses([Sample.Quic], Sample.Minute).AddAddresses([Sample.Tcp], Sample.Hour).SetProtocols(["/a"]));
        _clock.Advance(Sample.Minute);

        var compaction = await PeerstoreFile.CompactAsync(_folder.Peers(), _clock, Token);

        Assert.Equal((0, 1), (compaction.PeersDropped, compaction.AddressesDropped));
        var check = await PeerstoreFile.CheckAsync(_folder.Peers(), Token);
        Assert.Equal((true, 1, 1, 1), (check.IsClean, check.Peers, check.Addresses, check.PrivateKeys));
        await using var store = await OpenAsync(_folder.Peers());
        Assert.Equal([Sample.Tcp], await store.Addresses.GetAsync(Peer, Token));
        Assert.Equal(["/a"], await store.Protocols.GetAsync(Peer, Token));
        Assert.Equal(_key.Encode(), (await store.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
    }

    [Fact]
    public async Task A_peer_with_nothing_but_a_sealed_key_left_stays()
    {
        await FillAsync(edit => edit.AddPrivateKey(_key).AddAddresses([Sample.Quic], Sample.Minute));
        _clock.Advance(Sample.Minute);

        Assert.Equal(0, (await PeerstoreFile.CompactAsync(_folder.Peers(), _clock, Token)).PeersDropped);

        Assert.True((await PeerstoreFile.CheckAsync(_folder.Peers(), Token)).IsClean);
        await using var store = await OpenAsync(_folder.Peers());
        Assert.Equal(0, store.DamagedAtOpening);
        Assert.Equal(_key.Encode(), (await store.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
    }

    [Fact]
    public async Task A_sealed_key_comes_through_a_backup_and_a_restore()
    {
        await FillAsync(edit => edit.AddPrivateKey(_key));
        await PeerstoreFile.BackupAsync(_folder.Peers(), _folder.File("backup.db"), Token);

        var check = await PeerstoreFile.RestoreAsync(_folder.File("backup.db"), _folder.File("restored.db"), cancellationToken: Token);

        Assert.Equal(1, check.PrivateKeys);
        await using var store = await OpenAsync(_folder.File("restored.db"));
        Assert.Equal(_key.Encode(), (await store.Keys.GetPrivateKeyAsync(Peer, Token))!.Encode());
    }

    private async Task FillAsync(Action<IPeerEdit> edit)
    {
        await using var store = await OpenAsync(_folder.Peers());
        await store.UpdatePeerAsync(Peer, edit, Token);
    }

    private async Task<SqlitePeerstore> OpenAsync(string path) => await SqlitePeerstore.OpenAsync(
        path, new() { PrivateKeys = PrivateKeyProtection.FromPassphrase("nobody else knows") }, _clock, Token);
}
