using System.Globalization;

namespace Libp2p.Peerstore.Tests;

/// <summary>The reader of exports, fed with what a hostile one may hold: beneath good checksums, and beneath none.</summary>
public class ExportFuzzTests
{
    /// <summary>More in a run of its own: <c>LIBP2P_FUZZ_EXPORTS=1000000 dotnet test --filter ExportFuzz</c>.</summary>
    private static readonly int Exports =
        int.Parse(Environment.GetEnvironmentVariable("LIBP2P_FUZZ_EXPORTS") ?? "5000", CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bytes_that_were_changed_at_random_end_in_a_report_or_in_one_error()
    {
        var (random, failed, damaged) = (Seeded.Start(), 0, 0);
        var valid = await ExportAsync(peers: 3);
        using var engine = new PeerstoreEngine(new() { SweepInterval = TimeSpan.Zero }, TimeProvider.System);
        await using var store = new MemoryPeerstore(engine);
        for (var i = 0; i < Exports; i++)
        {
            var (report, failure) = await ReadAsync(store, Mutate(valid, random));
            failed += failure is null ? 0 : 1;
            damaged += report.Damaged > 0 ? 1 : 0;
            Assert.InRange(report.Changed + report.Unchanged, 0, 3);
            Assert.Equal(report.Entries, report.Changed + report.Unchanged + report.NoRoom + report.Damaged);
        }

        // Nothing but what is in the valid one was ever taken for it.
        Assert.Equal(3, engine.PeerCount);
        Assert.Equal(valid[21..], (await ExportBytes.OfAsync(store, new() { PrivateKeysInClear = true }))[21..]);
        Assert.Empty(engine.Check());
        Assert.InRange(failed, 1, Exports - 1);
        Assert.InRange(damaged, 1, Exports - 1);
    }

    [Fact]
    public async Task Entries_that_were_changed_at_random_under_a_good_checksum_leave_a_store_in_order()
    {
        var (random, taken) = (Seeded.Start(), 0L);
        var now = DateTimeOffset.UtcNow;
        var entries = Split(await ExportAsync(peers: 4));
        using var engine = new PeerstoreEngine(new() { SweepInterval = TimeSpan.Zero, MaxAddressesPerPeer = 3 }, TimeProvider.System);
        await using var store = new MemoryPeerstore(engine);
        for (var i = 0; i < Exports; i++)
        {
            var (peer, entry) = entries[random.Next(entries.Count)];
            var content = Mutate(entry[..^sizeof(uint)], random);
            byte[] bytes = [.. content, .. BitConverter.GetBytes(EntryFormat.Checksum(peer, content))];

            var report = await store.ImportAsync(ExportBytes.Make(now, (peer, bytes)), new() { PrivateKeys = true, PermanentAddresses = true });

            Assert.Equal(1, report.Entries);
            taken += report.Changed;
            if (i % 16 == 0)
            {
                await AssertVerifiedAsync(store, peer);
                await store.Addresses.ClearAsync(peer, Token);
                await store.RemovePeerAsync(peer, Token);
            }
        }

        Assert.Empty(engine.Check());
        Assert.InRange(taken, 1, Exports - 1);
        await AssertMovesAsync(store);
    }

    /// <summary>Whatever was imported: what the store presents as verified is.</summary>
    private static async Task AssertVerifiedAsync(MemoryPeerstore store, PeerId peer)
    {
        var snapshot = await store.GetSnapshotAsync(peer, Token);
        Assert.True(snapshot.Addresses.Count <= 3 + new PeerstoreOptions().MaxEndlessAddressesPerPeer);
        Assert.True(snapshot.PublicKey is null || peer.Matches(snapshot.PublicKey));
        Assert.True(await store.Keys.GetPrivateKeyAsync(peer, Token) is not { } key || peer.Matches(key.PublicKey));
        PeerRecord? record = null;
        if (snapshot.Record is { } envelope)
        {
            Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryOpen(envelope.Bytes, out record));
            Assert.Equal(peer, record!.Peer);
        }

        Assert.All(
            snapshot.Addresses.Where(static address => address.IsCertified),
            address => Assert.Contains(address.Address, record!.Addresses));
    }

    /// <summary>What came in goes out again, and into the next store, without a word.</summary>
    private static async Task AssertMovesAsync(MemoryPeerstore store)
    {
        await using var next = MemoryPeerstore.Create(new() { MaxAddressesPerPeer = 3 });
        var report = await next.ImportAsync(
            await ExportBytes.OfAsync(store, new() { PrivateKeysInClear = true }), new() { PrivateKeys = true, PermanentAddresses = true });
        Assert.Equal((report.Entries, 0), (report.Changed, report.Problems.Count));
    }

    private static async Task<(PeerstoreImportReport Report, string? Failure)> ReadAsync(MemoryPeerstore store, byte[] export)
    {
        using var stream = new MemoryStream(export);
        try
        {
            return (await PeerstoreImport.ReadAsync(store, stream, new() { PrivateKeys = true, PermanentAddresses = true }, Token), null);
        }
        catch (PeerstoreImportException e)
        {
            return (e.Report, e.Message);
        }
    }

    private static List<(PeerId Peer, byte[] Entry)> Split(byte[] export)
    {
        List<(PeerId Peer, byte[] Entry)> entries = [];
        for (var at = 21; export[at] == ExportFormat.EntryTag;)
        {
            var length = (int)ExportFormat.LengthIn(export.AsSpan(at));
            at += ExportFormat.HeadLength;
            var id = export[at];
            Assert.True(PeerId.TryDecode(export.AsSpan(at + 1, id), out var peer));
            entries.Add((peer, export[(at + 1 + id)..(at + length)]));
            at += length;
        }

        return entries;
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = valid.ToList();
        for (var changes = random.Next(3); changes >= 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 3:
                    bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : 0);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static async Task<byte[]> ExportAsync(int peers)
    {
        await using var store = MemoryPeerstore.Create();
        for (var i = 0; i < peers; i++)
        {
            var key = Sample.NewKey();
            var record = Sample.Record(key, 77, Sample.Tcp, Sample.Quic);
            await store.UpdatePeerAsync(
                record.Peer,
                edit => edit.Consume(record, 24 * Sample.Hour).AddAddresses([Sample.Address(3), Sample.Address(4)], AddressTtl.Permanent)
                    .AddPublicKey(key.PublicKey).AddPrivateKey(key).SetProtocols(["/ipfs/id/1.0.0", "/ipfs/ping/1.0.0"])
                    .SetMetadata(MetadataKeys.AgentVersion, "kubo/0.30.0/").SetMetadata("raw", new byte[] { 1, 2, 3 })
                    .RecordLatency(TimeSpan.FromMilliseconds(3)),
                Token);
        }

        return await ExportBytes.OfAsync(store, new() { PrivateKeysInClear = true });
    }
}
