namespace Libp2p.Peerstore.Tests;

/// <summary>Exports that were cut off, changed, or never were any.</summary>
public class DamagedExportTests
{
    private const int HeaderLength = 21;
    private const int EndLength = 13;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_that_is_cut_off_anywhere_is_recognised_and_what_came_before_stays()
    {
        var (export, ends) = await SampleAsync(peers: 3);
        Assert.Equal(export.Length - EndLength, ends[^1]);
        for (var length = 1; length < export.Length; length++)
        {
            await using var store = MemoryPeerstore.Create();

            var error = await store.FailAsync(export[..length]);

            var whole = ends.Count(end => end <= length);
            var reason = $"The export is cut off at byte {length}, behind {whole} entries: its end mark is missing.";
            Assert.Equal((PeerstoreError.Damaged, reason), (error.Error, error.Message));
            Assert.Equal((whole, whole), (error.Report.Entries, error.Report.Changed));
            Assert.Equal(whole, (await store.GetPeersAsync(Token).ToSetAsync()).Count);
        }
    }

    [Fact]
    public async Task Every_flipped_bit_is_noticed_and_costs_no_entry_before_it()
    {
        var (export, ends) = await SampleAsync(peers: 2);
        var goesOn = 0;
        for (var bit = 0; bit < export.Length * 8; bit++)
        {
            var damaged = export.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await using var store = MemoryPeerstore.Create();
            using var stream = new MemoryStream(damaged);

            var (report, failure) = await TryReadAsync(store, stream);

            Assert.Equal(report.Changed, (await store.GetPeersAsync(Token).ToSetAsync()).Count);
            if (failure is null)
            {
                Assert.Equal((2, 1, 1, 1), (report.Entries, report.Changed, report.Damaged, report.Problems.Count));
                goesOn++;
            }
            else
            {
                Assert.Equal(ends.Count(end => end <= bit / 8), report.Changed);
            }
        }

        // Only a bit of a frame ends the import.
        Assert.Equal(8 * (export.Length - HeaderLength - EndLength - (2 * ExportFormat.HeadLength)), goesOn);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_damaged_entry_is_reported_with_its_place_and_the_next_one_is_read(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var (export, ends) = await SampleAsync(peers: 3);
        export[ends[1] - 1] ^= 1;

        var report = await store.Peers.ImportAsync(export);

        Assert.Equal((3, 2, 1), (report.Entries, report.Changed, report.Damaged));
        var problem = Assert.Single(report.Problems);
        Assert.Equal((2, ends[0], "the checksum of the entry is wrong"), (problem.Entry, problem.Position, problem.Reason));
        var known = await store.Peers.GetPeersAsync(Token).ToSetAsync();
        Assert.Equal(2, known.Count);
        Assert.DoesNotContain(problem.Peer, known);
    }

    [Theory]
    [InlineData("", "This is not an export of a peerstore.", PeerstoreError.WrongFile)]
    [InlineData("53514C69746520666F726D6174203300", "This is not an export of a peerstore.", PeerstoreError.WrongFile)]
    [InlineData("896C32700A1A0A01", "This is not an export of a peerstore.", PeerstoreError.WrongFile)]
    [InlineData("896C32700D0A1A0A02", "The export is of version 2, which this program does not know.", PeerstoreError.WrongFile)]
    [InlineData("896C32700D0A1A0A01000000000000000000000000", "The header of the export is damaged.", PeerstoreError.Damaged)]
    [InlineData("896C32", "The export is cut off at byte 3, behind 0 entries: its end mark is missing.", PeerstoreError.Damaged)]
    public async Task What_is_no_export_is_one_error_and_no_store_is_opened_for_it(string bytes, string message, PeerstoreError error)
    {
        using var stream = new MemoryStream(Convert.FromHexString(bytes));
        var wasAsked = false;

        var refusal = await Assert.ThrowsAsync<PeerstoreImportException>(async () => await PeerstoreImport.ReadAsync(
            _ =>
            {
                wasAsked = true;
                return new(MemoryPeerstore.Create());
            },
            stream,
            cancellationToken: Token));

        Assert.Equal((error, message, false, 0), (refusal.Error, refusal.Message, wasAsked, refusal.Report.Entries));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task A_time_that_is_none_is_a_damaged_header(long ticks)
    {
        var output = new EntryBuffer();
        ExportFormat.WriteHeader(ticks, output);
        ExportFormat.WriteEnd(0, output);
        await using var store = MemoryPeerstore.Create();

        Assert.Equal("The header of the export is damaged.", (await store.FailAsync(output.Written.ToArray())).Message);
    }

    [Fact]
    public async Task A_number_at_the_end_that_is_not_that_of_the_entries_is_an_error()
    {
        var (export, _) = await SampleAsync(peers: 2);
        var end = new EntryBuffer();
        ExportFormat.WriteEnd(3, end);
        await using var store = MemoryPeerstore.Create();

        var error = await store.FailAsync([.. export[..^EndLength], .. end.Written]);

        Assert.Equal("The export is damaged: it has 2 entries, and says at its end that there are 3.", error.Message);
        Assert.Equal((PeerstoreError.Damaged, 2), (error.Error, error.Report.Changed));
    }

    [Fact]
    public async Task A_damaged_length_ends_the_import_at_its_place()
    {
        var (export, ends) = await SampleAsync(peers: 2);
        export[ends[0] + 1] ^= 1;
        await using var store = MemoryPeerstore.Create();

        var error = await store.FailAsync(export);

        Assert.Equal(
            $"The export is damaged at byte {ends[0]}, behind 1 entries: where the next one begins is not known.", error.Message);
        Assert.Equal(1, error.Report.Changed);
    }

    [Fact]
    public async Task Nothing_behind_the_end_is_read()
    {
        var (export, _) = await SampleAsync(peers: 1);
        using var stream = new MemoryStream([.. export, .. export]);
        await using var store = MemoryPeerstore.Create();

        Assert.Equal(1, (await PeerstoreImport.ReadAsync(store, stream, cancellationToken: Token)).Changed);
        Assert.Equal(export.Length, stream.Position);
        Assert.Equal(1, (await PeerstoreImport.ReadAsync(store, stream, cancellationToken: Token)).Unchanged);
    }

    [Fact]
    public async Task No_more_problems_are_kept_than_are_promised()
    {
        var peer = Sample.NewPeer();
        var export = ExportBytes.Make(DateTimeOffset.UtcNow, Enumerable.Repeat((peer, new byte[] { 9, 0, 0, 0, 0 }), 200));
        await using var store = MemoryPeerstore.Create();

        var report = await store.ImportAsync(export);

        Assert.Equal((200, PeerstoreImportReport.MaxProblems), (report.Damaged, report.Problems.Count));
        Assert.Equal(new(1, HeaderLength, peer, "the entry is of version 9, which this program does not know"), report.Problems[0]);
    }

    [Fact]
    public async Task A_stream_that_gives_a_byte_at_a_time_is_read_as_well()
    {
        var (export, _) = await SampleAsync(peers: 3);
        await using var store = MemoryPeerstore.Create();

        var report = await PeerstoreImport.ReadAsync(store, new TricklingStream(export), cancellationToken: Token);

        Assert.Equal(3, report.Changed);
    }

    [Fact]
    public async Task An_import_that_is_stopped_keeps_what_it_has_and_reads_no_further()
    {
        var (export, _) = await SampleAsync(peers: 3);
        await using var store = MemoryPeerstore.Create();
        using var stop = new CancellationTokenSource();
        using var stream = new TricklingStream(export) { At = (export.Length / 2, stop.Cancel) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await PeerstoreImport.ReadAsync(store, stream, cancellationToken: stop.Token));

        Assert.InRange((await store.GetPeersAsync(Token).ToSetAsync()).Count, 1, 2);
        Assert.Equal(export.Length / 2, stream.Position);
    }

    private static async Task<(PeerstoreImportReport Report, string? Failure)> TryReadAsync(IPeerstore store, Stream stream)
    {
        try
        {
            return (await PeerstoreImport.ReadAsync(store, stream, cancellationToken: Token), null);
        }
        catch (PeerstoreImportException e)
        {
            return (e.Report, e.Message);
        }
    }

    /// <summary>An export of some peers, and where each of its entries ends.</summary>
    private static async Task<(byte[] Export, List<int> Ends)> SampleAsync(int peers)
    {
        await using var store = MemoryPeerstore.Create();
        for (var i = 0; i < peers; i++)
        {
            var record = Sample.Record(Sample.NewKey(), 1, Sample.Tcp);
            await store.UpdatePeerAsync(
                record.Peer, edit => edit.Consume(record, Sample.Hour).SetProtocols(["/a"]).SetMetadata("k", "v"), Token);
        }

        var export = await ExportBytes.OfAsync(store);
        List<int> ends = [];
        for (var at = HeaderLength; export[at] == ExportFormat.EntryTag; ends.Add(at))
        {
            at += ExportFormat.HeadLength + (int)ExportFormat.LengthIn(export.AsSpan(at));
        }

        Assert.Equal(peers, ends.Count);
        return (export, ends);
    }
}
