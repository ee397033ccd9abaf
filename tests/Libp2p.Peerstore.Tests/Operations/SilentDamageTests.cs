using System.Buffers.Binary;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>A page that says that it has fewer rows than it has: whoever reads it misses some, and notices nothing.</summary>
public sealed class SilentDamageTests : IDisposable
{
    private const int Page = 4096;
    private const int RightChild = 8;
    private const int CellCount = 3;
    private const int Peers = 200;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => _folder.File("backup.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_compaction_is_refused_and_the_file_stays_as_it_was()
    {
        var damaged = await DamageAsync();
        Assert.Equal(PeerstoreError.Damaged, await RefusalAsync(async () => await PeerstoreFile.CompactAsync(_folder.Peers(), null, Token)));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(_folder.Peers(), Token));
    }

    [Fact]
    public async Task A_backup_is_refused_and_leaves_nothing()
    {
        await DamageAsync();
        Assert.Equal(PeerstoreError.Damaged, await RefusalAsync(async () => await PeerstoreFile.BackupAsync(_folder.Peers(), Target, Token)));
        Assert.Empty(Directory.GetFiles(_folder.File(""), "backup.db*"));
    }

    [Fact]
    public async Task A_compaction_of_a_file_whose_header_is_damaged_is_refused()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        bytes[18] = 3; // To SQLite, a file of a later version, which it only reads.
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);
        Assert.Equal(PeerstoreError.Damaged, await RefusalAsync(async () => await PeerstoreFile.CompactAsync(_folder.Peers(), null, Token)));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.Peers(), Token));
    }

    private async Task<PeerstoreError> RefusalAsync(Func<Task> operation)
    {
        var refusal = await Assert.ThrowsAsync<PeerstoreException>(operation);
        Assert.Contains(_folder.Peers(), refusal.Message, StringComparison.Ordinal);
        return refusal.Error;
    }

    private async Task<byte[]> DamageAsync()
    {
        await FillAsync();
        var root = Page * ((int)_folder.Count("SELECT rootpage FROM sqlite_schema WHERE name = 'peer'") - 1);
        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        var leaf = Page * (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(root + RightChild)) - 1);
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(leaf + CellCount));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(leaf + CellCount), (ushort)(count / 2));
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);
        Assert.InRange(_folder.Count("SELECT count(*) FROM peer"), 1, Peers - 1);
        return bytes;
    }

    private async Task FillAsync()
    {
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        for (var i = 0; i < Peers; i++)
        {
            await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        }
    }
}
