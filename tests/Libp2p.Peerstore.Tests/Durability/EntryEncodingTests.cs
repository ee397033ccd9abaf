
namespace Libp2p.Peerstore.Tests;

public class EntryEncodingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_truncation_and_every_flipped_bit_is_noticed()
    {
        var (peer, bytes) = await EncodeAsync();
        Assert.True(new EntryReader().TryRead(peer, bytes, out _, out _));

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(new EntryReader().TryRead(peer, bytes.AsSpan(0, length), out _, out var damage));
            Assert.NotEmpty(damage);
        }

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(new EntryReader().TryRead(peer, bytes, out _, out _), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData("03 00", "a key that is not in the ID")]
    [InlineData("01 23 01 000000000000000A 0000000000000FFF 01 00 08 047F000001060FA1 01 00 08 047F000001060FA1", "the same address twice")]
    [InlineData("01 18 01 000000000000000A 0000000000000FFF 01 01 04 047F000001", "a lifetime that is not there")]
    [InlineData("07 04 00000000", "a latency cut short")]
    [InlineData("09 01 00", "a section nobody knows")]
    public void What_no_store_writes_is_refused(string sections, string what)
    {
        // The ID of a key that is too long to be its own ID.
        var peer = PeerId.Parse("QmNnooDu7bfjPFoTZYxMNLWUQJyrVwtbZg5gBMjTezGAJN");
        Assert.False(new EntryReader().TryRead(peer, Seal(peer, 2, sections), out _, out var damage), what);
        Assert.StartsWith("section ", damage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_latency_of_the_first_version_is_read_as_such()
    {
        var peer = Sample.NewPeer();
        Assert.True(new EntryReader().TryRead(peer, Seal(peer, 1, "07 02 F40B"), out var stored, out var damage), damage);
        Assert.Equal(762, LatencySection.Read(stored.Sections[2..]));
        Assert.False(new EntryReader().TryRead(peer, Seal(peer, 1, "07 08 0000000000000000"), out _, out _));
    }

    [Fact]
    public async Task An_address_longer_than_any_that_is_read_from_the_network_survives()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Sqlite);
        var (peer, address) = (Sample.NewPeer(), Sample.Tcp);
        while (address.Bytes.Length < 3000)
        {
            address = address.Encapsulate(Sample.Tcp);
        }

        await store.Addresses.AddAsync(peer, [address], Sample.Hour, Token);
        await store.ReopenAsync();
        Assert.Equal([address], await store.Addresses.GetAsync(peer, Token));
    }

    private static byte[] Seal(PeerId peer, byte version, string sections)
    {
        byte[] content = [version, .. Convert.FromHexString(sections.Replace(" ", "", StringComparison.Ordinal))];
        return [.. content, .. BitConverter.GetBytes(EntryFormat.Checksum(peer, content))];
    }

    [Fact]
    public async Task An_entry_under_the_name_of_another_peer_is_noticed()
    {
        var (_, bytes) = await EncodeAsync();
        Assert.False(new EntryReader().TryRead(Sample.NewPeer(), bytes, out _, out _));
    }

    [Fact]
    public void Random_bytes_with_a_good_checksum_never_throw()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        var peer = Sample.NewPeer();
        var read = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var entry = new byte[random.Next(1, 200)];
            random.NextBytes(entry);
            entry[0] = EntryFormat.Version;
            // Small numbers make plausible sections.
            for (var j = 1; j < entry.Length && j < 4; j++)
            {
                entry[j] &= 0x0F;
            }

            var sealedEntry = entry.Concat(BitConverter.GetBytes(EntryFormat.Checksum(peer, entry))).ToArray();
            read += new EntryReader().TryRead(peer, sealedEntry, out _, out _) ? 1 : 0;
        }

        Assert.InRange(read, 1, 19_999);
    }

    private static async Task<(PeerId Peer, byte[] Bytes)> EncodeAsync()
    {
        using var engine = new PeerstoreEngine(new PeerstoreOptions(), TimeProvider.System);
        var store = new EngineStore(engine);
        var key = Sample.NewKey();
        var record = Sample.Record(key, ulong.MaxValue, Sample.Tcp);
        await store.Addresses.ConsumeAsync(record, Sample.Hour, Token);
        await store.Addresses.AddAsync(record.Peer, [Sample.Quic], AddressTtl.Permanent, Token);
        await store.Keys.AddPublicKeyAsync(record.Peer, key.PublicKey, Token);
        await store.Keys.AddPrivateKeyAsync(record.Peer, key, Token);
        await store.Protocols.SetAsync(record.Peer, ["/ipfs/ping/1.0.0", "ü"], Token);
        await store.Metadata.SetAsync(record.Peer, "", "x", Token);
        await store.Metrics.RecordLatencyAsync(record.Peer, TimeSpan.FromTicks(-5), Token);
        var output = new EntryBuffer();
        Assert.True(engine.TryEncode(record.Peer, output));
        return (record.Peer, output.Written.ToArray());
    }
}
