using System.Buffers.Binary;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>Pages that a damaged one leads to, and pages of which nobody knows whether they are free.</summary>
public sealed class SalvagePageTests : IDisposable
{
    private const int Page = 4096;
    private const int Peers = 200;
    private const int FirstTrunk = 32;

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<PeerId> _peers = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_row_that_leads_to_a_page_of_others_for_its_rest_costs_nobody_else()
    {
        await FillAsync();
        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        var branches = Children(bytes, RootOf("peer"));

        // The last branch is read first, and with it the row.
        var (at, isFound) = (0, false);
        foreach (var leaf in Leaves(bytes, branches[^1]))
        {
            isFound |= !isFound && TryFindOverflow(bytes, leaf, out at);
        }

        Assert.True(isFound);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), Leaves(bytes, branches[0])[0]);
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);

        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        Assert.Equal((Peers - 1, false), (store.SalvagedAtOpening?.Peers, store.SalvagedAtOpening?.MayIncludeRemoved));
        Assert.Subset(_peers, await store.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removed_peers_come_back_only_where_the_list_of_free_pages_is_damaged_as_well_and_that_is_reported(bool isListDamaged)
    {
        await FillAsync();
        Assert.Equal(Peers, _folder.Execute("DELETE FROM peer"));
        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        Assert.NotEqual(0, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(FirstTrunk)));
        bytes.AsSpan(Page * ((int)RootOf("meta") - 1), Page).Fill(0xFF);
        bytes.AsSpan(FirstTrunk, isListDamaged ? sizeof(uint) : 0).Fill(0xFF);
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);

        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        Assert.Equal((isListDamaged, isListDamaged), (store.SalvagedAtOpening?.Peers > 0, store.SalvagedAtOpening?.MayIncludeRemoved));
    }

    private async Task FillAsync()
    {
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        for (var i = 0; i < Peers; i++)
        {
            var peer = Sample.NewPeer();
            _peers.Add(peer);
            await store.Addresses.AddAsync(peer, [Sample.Address(i)], Sample.Hour, Token);

            // So that a page has few, the tree is high, and some go on in another page.
            await store.Metadata.SetAsync(peer, "long", new byte[i % 4 == 0 ? Page : Page / 5], Token);
        }
    }

    private uint RootOf(string table) => (uint)_folder.Count($"SELECT rootpage FROM sqlite_schema WHERE name = '{table}'");

    private static uint[] Children(byte[] bytes, uint number)
    {
        var page = new TreePage(PageOf(bytes, number), number);
        Assert.True(page.IsInterior);
        var children = new List<uint>();
        for (var i = 0; i < page.CellCount; i++)
        {
            Assert.True(page.TryGetCell(i, out var cell));
            children.Add(cell.Child);
        }

        return [.. children, page.RightChild];
    }

    private static uint[] Leaves(byte[] bytes, uint number) =>
        new TreePage(PageOf(bytes, number), number).IsInterior ? [.. Children(bytes, number).SelectMany(child => Leaves(bytes, child))] : [number];

    /// <summary>Finds where a page says on which one a row goes on.</summary>
    private static bool TryFindOverflow(byte[] bytes, uint number, out int at)
    {
        var page = new TreePage(PageOf(bytes, number), number);
        for (var i = 0; i < page.CellCount; i++)
        {
            if (page.TryGetCell(i, out var cell) && cell.Overflow != 0 && bytes.AsSpan().Overlaps(cell.Local, out at))
            {
                at += cell.Local.Length;
                return true;
            }
        }

        at = 0;
        return false;
    }

    private static Span<byte> PageOf(byte[] bytes, uint number) => bytes.AsSpan(Page * (int)(number - 1), Page);
}
