using System.Buffers.Binary;
using Libp2p.Peerstore.Sqlite;

namespace Libp2p.Peerstore.Tests;

/// <summary>Logs that nobody can have written, though their checksums are good, beside a file that SQLite does not open.</summary>
public sealed class DamagedLogTests : IDisposable
{
    private const int Page = 4096;
    private const int Peers = 30;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Log => _folder.Peers() + "-wal";

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Page, 0U, 1U)] // There is no page 0.
    [InlineData(Page, 1U, uint.MaxValue)] // A database of 16 TB after one page was written.
    [InlineData(Page, uint.MaxValue, uint.MaxValue)]
    [InlineData(3000, 1U, 1U)] // The size of a page is a power of two.
    [InlineData(0, 1U, 1U)]
    public async Task What_it_says_is_not_believed_and_it_is_kept_beside_the_damaged_file(int pageSize, uint number, uint pages)
    {
        var damaged = await DamageAsync();
        var log = MakeLog(pageSize, number, pages);
        await File.WriteAllBytesAsync(Log, log, Token);
        await AssertSalvagedAsync(damaged, log);
    }

    [Fact]
    public async Task One_whose_header_is_damaged_is_kept_too()
    {
        var damaged = await DamageAsync();
        var log = MakeLog(Page, 1, 1);
        log[0] ^= 0x80;
        await File.WriteAllBytesAsync(Log, log, Token);
        await AssertSalvagedAsync(damaged, log);
    }

    [Fact]
    public async Task A_salvage_that_is_stopped_leaves_the_file_and_its_log_as_they_were()
    {
        var damaged = await DamageAsync();
        var log = MakeLog(Page, 1, 1);
        await File.WriteAllBytesAsync(Log, log, Token);
        Assert.Throws<OperationCanceledException>(
            () => FileSalvage.Run(_folder.Peers(), "damaged", DateTimeOffset.UnixEpoch, new CancellationToken(canceled: true)));
        Assert.Equal(damaged, await File.ReadAllBytesAsync(_folder.Peers(), Token));
        Assert.Equal(log, await File.ReadAllBytesAsync(Log, Token));
        Assert.Empty(Directory.GetFiles(_folder.File(""), "*.partial"));
    }

    [Fact]
    public void A_chain_of_pages_ends_where_it_comes_back_and_a_length_is_no_reason_for_memory()
    {
        var bytes = new byte[3 * Page];
        bytes[Page + 3] = 2; // The second page goes on in itself, the third in the first.
        bytes[(2 * Page) + 3] = 1;
        File.WriteAllBytes(_folder.File("pages"), bytes);
        using var pages = new DatabasePages(_folder.File("pages"), Page);
        var rest = new HashSet<uint>();
        Assert.Null(pages.ReadPayload(new PageCell(child: 0, length: 3 * Page, local: default, overflow: 2), rest));
        Assert.Equal([2U], rest);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(pages.ReadPayload(new PageCell(child: 0, length: 50_000_000, local: default, overflow: 3), new HashSet<uint>()));
        Assert.Null(pages.ReadPayload(new PageCell(child: 0, length: long.MaxValue, local: default, overflow: 3), new HashSet<uint>()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Rows_without_number_that_lead_to_the_same_pages_are_given_up()
    {
        File.WriteAllBytes(_folder.File("pages"), new byte[Page]);
        using var pages = new DatabasePages(_folder.File("pages"), Page);
        var read = 0;
        while (pages.ReadPayload(new PageCell(child: 0, length: 10, local: default, overflow: 1), new HashSet<uint>()) is not null)
        {
            read++;
        }

        Assert.InRange(read, 1000, 100_000);
    }

    private async Task AssertSalvagedAsync(byte[] damaged, byte[] log)
    {
        await using var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token);
        Assert.Equal(Peers, store.SalvagedAtOpening?.Peers);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(store.SalvagedAtOpening!.DamagedFile, Token));
        Assert.Equal(log, await File.ReadAllBytesAsync(store.SalvagedAtOpening.DamagedFile + "-wal", Token));
    }

    private async Task<byte[]> DamageAsync()
    {
        await using (var store = await SqlitePeerstore.OpenAsync(_folder.Peers(), cancellationToken: Token))
        {
            for (var i = 0; i < Peers; i++)
            {
                await store.Addresses.AddAsync(Sample.NewPeer(), [Sample.Tcp], Sample.Hour, Token);
            }
        }

        var bytes = await File.ReadAllBytesAsync(_folder.Peers(), Token);
        bytes.AsSpan(0, 8).Clear();
        await File.WriteAllBytesAsync(_folder.Peers(), bytes, Token);
        return bytes;
    }

    /// <summary>A log of one frame, which is a commit of a page of zeros: <c>https://www.sqlite.org/fileformat2.html</c>, 4.</summary>
    private static byte[] MakeLog(int pageSize, uint number, uint pages)
    {
        var log = new byte[32 + 24 + pageSize];
        uint[] header = [0x377F0683, 3_007_000, (uint)pageSize, 0, 17, 42];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(i * 4), header[i]);
        }

        var sum = Sum(default, log.AsSpan(0, 24), log.AsSpan(24));
        var frame = log.AsSpan(32);
        BinaryPrimitives.WriteUInt32BigEndian(frame, number);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], pages);
        log.AsSpan(16, 8).CopyTo(frame[8..]);
        sum = Sum(sum, frame[..8], frame[16..]);
        Sum(sum, frame[24..], frame[16..]);
        return log;
    }

    private static (uint First, uint Second) Sum((uint First, uint Second) sum, ReadOnlySpan<byte> bytes, Span<byte> output)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            sum.First += BinaryPrimitives.ReadUInt32BigEndian(bytes) + sum.Second;
            sum.Second += BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) + sum.First;
        }

        BinaryPrimitives.WriteUInt32BigEndian(output, sum.First);
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], sum.Second);
        return sum;
    }
}
