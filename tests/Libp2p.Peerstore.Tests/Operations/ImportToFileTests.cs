using Libp2p.Peerstore.Sqlite;
using Microsoft.Data.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>Imports into files, and out of old ones.</summary>
public sealed class ImportToFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the program of before wrote: schema 1, entries of version 1.</summary>
    private static string FirstVersion => Path.Combine(Repository.Root, "tests", "Peerstore.Cli.Tests", "Fixtures", "schema-1.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task On_acknowledge_all_is_in_the_file_when_the_import_is_over()
    {
        const int Peers = 5000;
        List<PeerstoreImportProgress> progress = [];
        await using var from = MemoryPeerstore.Create();
        for (var i = 0; i < Peers; i++)
        {
            await from.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        }

        var export = await ExportBytes.OfAsync(from);
        await using var store = await SqlitePeerstore.OpenAsync(
            _folder.Peers(), new() { Durability = Durability.OnAcknowledge }, cancellationToken: Token);

        Assert.Equal(Peers, (await store.ImportAsync(export, new() { Progress = new Collecting(progress) })).Changed);

        var told = Assert.Single(progress);
        Assert.Equal(4096, told.Entries);
        Assert.InRange(told.Bytes, export.Length / 2, export.Length - 1);
        Assert.Equal((Peers, 0), (_folder.Count("SELECT count(*) FROM peer"), store.DirtyPeers));
    }

    [Fact]
    public async Task What_came_before_a_cut_is_in_the_file_on_acknowledge()
    {
        await using var from = MemoryPeerstore.Create();
        await from.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
        var export = await ExportBytes.OfAsync(from);
        await using var store = await SqlitePeerstore.OpenAsync(
            _folder.Peers(), new() { Durability = Durability.OnAcknowledge }, cancellationToken: Token);

        await store.FailAsync(export[..^1]);

        Assert.Equal(1, _folder.Count("SELECT count(*) FROM peer"));
    }

    [Fact]
    public async Task A_file_that_takes_no_private_keys_is_told_at_once_and_nothing_changes()
    {
        await using var from = MemoryPeerstore.Create();
        var key = Sample.NewKey();
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await from.UpdatePeerAsync(peer, edit => edit.AddPrivateKey(key).SetProtocols(["/a"]), Token);
        var export = await ExportBytes.OfAsync(from, new() { PrivateKeysInClear = true });
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);

        var refusal = await Assert.ThrowsAsync<PeerstoreException>(() => store.ImportAsync(export, new() { PrivateKeys = true }));
        Assert.Equal(PeerstoreError.KeyProtection, refusal.Error);
        Assert.Empty(await store.GetPeersAsync(Token).ToSetAsync());

        Assert.Equal((1, 1), ((await store.ImportAsync(export)).Changed, (await store.ImportAsync(export)).PrivateKeysLeftOut));
        Assert.Equal(["/a"], await store.Protocols.GetAsync(peer, Token));
    }

    [Fact]
    public async Task Entries_of_the_first_version_are_imported_as_its_file_is_opened()
    {
        var entries = ReadEntries(FirstVersion);
        Assert.All(entries, static entry => Assert.Equal(EntryFormat.FirstVersion, entry.Entry[0]));
        File.Copy(FirstVersion, _folder.Peers());
        await using var opened = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        await using var imported = MemoryPeerstore.Create();

        var report = await imported.ImportAsync(
            ExportBytes.Make(DateTimeOffset.UtcNow, entries), new() { PermanentAddresses = true });

        Assert.Equal((12, 12, 12, 0), (report.Entries, report.Changed, report.RecordsAccepted, report.Problems.Count));
        Assert.Equal(Split(await ExportBytes.OfAsync(opened)), Split(await ExportBytes.OfAsync(imported)));
    }

    /// <summary>The entries of an export, which come in no order.</summary>
    private static HashSet<string> Split(byte[] export)
    {
        HashSet<string> entries = [];
        for (var at = ExportFormat.HeaderLength; export[at] == ExportFormat.EntryTag;)
        {
            var length = ExportFormat.HeadLength + (int)ExportFormat.LengthIn(export.AsSpan(at));
            entries.Add(Convert.ToHexString(export.AsSpan(at, length)));
            at += length;
        }

        return entries;
    }

    private static List<(PeerId Peer, byte[] Entry)> ReadEntries(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT id, entry FROM peer";
        using var rows = select.ExecuteReader();
        List<(PeerId Peer, byte[] Entry)> entries = [];
        while (rows.Read())
        {
            Assert.True(PeerId.TryDecode(rows.GetFieldValue<byte[]>(0), out var peer));
            entries.Add((peer, rows.GetFieldValue<byte[]>(1)));
        }

        return entries;
    }

    private sealed class Collecting(List<PeerstoreImportProgress> told) : IProgress<PeerstoreImportProgress>
    {
        public void Report(PeerstoreImportProgress value) => told.Add(value);
    }
}
