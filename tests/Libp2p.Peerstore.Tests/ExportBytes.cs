namespace Libp2p.Peerstore.Tests;

/// <summary>Exports in memory: those of a store, and those that a test makes up.</summary>
internal static class ExportBytes
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<byte[]> OfAsync(IPeerstore store, PeerstoreExportOptions? options = null)
    {
        using var export = new MemoryStream();
        var report = await PeerstoreExport.WriteAsync(store, export, options, Token);
        Assert.Equal(export.Length, report.Bytes);
        return export.ToArray();
    }

    public static async Task<PeerstoreImportReport> ImportAsync(
        this IPeerstore store, byte[] export, PeerstoreImportOptions? options = null)
    {
        using var stream = new MemoryStream(export);
        var report = await PeerstoreImport.ReadAsync(store, stream, options, Token);
        Assert.Equal(export.Length, stream.Position);
        Assert.Equal(report.Entries, report.Changed + report.Unchanged + report.NoRoom + report.Damaged);
        return report;
    }

    /// <summary>An import that must fail, and how it does.</summary>
    public static async Task<PeerstoreImportException> FailAsync(this IPeerstore store, byte[] export, PeerstoreImportOptions? options = null)
    {
        using var stream = new MemoryStream(export);
        return await Assert.ThrowsAsync<PeerstoreImportException>(
            async () => await PeerstoreImport.ReadAsync(store, stream, options, Token));
    }

    /// <summary>Frames entries as an export does.</summary>
    public static byte[] Make(DateTimeOffset made, params IEnumerable<(PeerId Peer, byte[] Entry)> entries)
    {
        var output = new EntryBuffer();
        ExportFormat.WriteHeader(made.UtcTicks, output);
        var count = 0;
        foreach (var (peer, entry) in entries)
        {
            ExportFormat.WriteHead(1 + peer.Length + entry.Length, output);
            output.PutBytes(peer.Bytes);
            output.Put(entry);
            count++;
        }

        ExportFormat.WriteEnd(count, output);
        return output.Written.ToArray();
    }

    /// <summary>An entry of today's version with a good checksum.</summary>
    public static (PeerId Peer, byte[] Entry) Entry(PeerId peer, params IEnumerable<(EntrySection Section, byte[] Body)> sections)
    {
        var output = new EntryBuffer();
        output.PutByte(EntryFormat.Version);
        foreach (var (section, body) in sections)
        {
            output.PutSection(section, body.Length);
            output.Put(body);
        }

        output.PutUInt32(EntryFormat.Checksum(peer, output.Written));
        return (peer, output.Written.ToArray());
    }

    /// <summary>The section of addresses, with one lifetime.</summary>
    public static (EntrySection Section, byte[] Body) Addresses(
        TimeSpan ttl, DateTimeOffset end, AddressSource source, params IEnumerable<Multiaddr> addresses)
    {
        var output = new EntryBuffer();
        output.PutVarint(1);
        output.PutInt64(ttl.Ticks);
        output.PutInt64(ttl >= AddressTtl.Connected ? long.MaxValue : end.UtcTicks);
        foreach (var address in addresses)
        {
            output.PutByte((byte)source);
            output.PutVarint(0);
            output.PutBytes(address.Bytes);
        }

        return (EntrySection.Addresses, output.Written.ToArray());
    }
}
