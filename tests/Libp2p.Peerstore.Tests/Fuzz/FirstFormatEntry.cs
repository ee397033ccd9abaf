namespace Libp2p.Peerstore.Tests;

/// <summary>A peer of which an entry of version 1 is written, as <c>docs/formats/peer-entry.md</c> says and as no program does any more.</summary>
internal sealed class FirstFormatEntry
{
    // Within the calendar, as far as nobody damages them.
    private static readonly long FirstEnd = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly PrivateKey _key = Sample.NewKey();
    private readonly List<(byte[] Address, long Ttl, long End, AddressSource Source)> _addresses = [];
    private readonly List<string> _protocols = [];
    private PeerRecord? _record;
    private long? _latency;
    private byte[]? _value;

    private FirstFormatEntry() => Peer = PeerId.FromPublicKey(_key.PublicKey);

    public PeerId Peer { get; }

    public IEnumerable<(EntrySection Section, byte[] Body)> Sections
    {
        get
        {
            if (_addresses.Count > 0)
            {
                yield return (EntrySection.Addresses, Body(PutAddresses));
            }

            if (_record is not null)
            {
                yield return (EntrySection.Record, Body(PutRecord));
            }

            yield return (EntrySection.PublicKey, []);
            yield return (EntrySection.PrivateKey, _key.Encode());
            if (_protocols.Count > 0)
            {
                yield return (EntrySection.Protocols, Body(output => _protocols.ForEach(output.PutText)));
            }

            if (_value is not null)
            {
                yield return (EntrySection.Metadata, Body(PutMetadata));
            }

            if (_latency is { } latency)
            {
                yield return (EntrySection.Latency, Body(output => output.PutVarint((ulong)((latency << 1) ^ (latency >> 63)))));
            }
        }
    }

    public static FirstFormatEntry Random(Random random)
    {
        var entry = new FirstFormatEntry();
        for (var i = random.Next(6); i > 0; i--)
        {
            var isEndless = random.Next(4) == 0;
            entry._addresses.Add((
                Sample.Address(i).Bytes.ToArray(),
                isEndless ? long.MaxValue - random.Next(2) : random.NextInt64(1, TimeSpan.TicksPerDay),
                isEndless ? long.MaxValue : FirstEnd + random.NextInt64(TimeSpan.TicksPerDay),
                (AddressSource)random.Next(1, 8)));
        }

        // In no order; and a record may certify what else is known, or nothing of it.
        Multiaddr[] own = [.. Enumerable.Range(0, random.Next(4)).Select(static i => Sample.Address(3 * i))];
        entry._record = random.Next(2) == 0 ? Sample.Record(entry._key, (ulong)random.NextInt64(), own) : null;
        entry._latency = random.Next(2) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : null;
        entry._value = random.Next(2) == 0 ? new byte[random.Next(200)] : null;
        entry._protocols.AddRange(Enumerable.Range(0, random.Next(4)).Select(static i => $"/{i}/ü"));
        return entry;
    }

    public byte[] Encode()
    {
        var output = new EntryBuffer();
        output.PutByte(EntryFormat.FirstVersion);
        foreach (var (section, body) in Sections)
        {
            output.PutSection(section, body.Length);
            output.Put(body);
        }

        return EntryMutation.Seal(output.Written, Peer);
    }

    /// <summary>What was read is what this is.</summary>
    public void AssertIs(in StoredPeer stored)
    {
        Assert.Equal(_protocols, stored.Protocols);
        Assert.Equal(_addresses.Exists(static address => address.Ttl == AddressTtl.Connected.Ticks), stored.WasConnected);
        AssertAddresses(new(Find(stored, EntrySection.Addresses)));
        var record = new RecordView(Find(stored, EntrySection.Record));
        Assert.Equal(_record is not null, record.Exists);
        if (_record is not null)
        {
            Assert.Equal(_record.Sequence, record.Sequence);
            Assert.True(record.Envelope.SequenceEqual(_record.Envelope.Bytes.Span));
            foreach (var address in _record.Addresses)
            {
                Assert.True(record.Contains(address.Bytes));
            }
        }

        var latency = Find(stored, EntrySection.Latency);
        Assert.Equal(_latency, latency.IsEmpty ? null : LatencySection.Read(latency));
        Assert.True(Find(stored, EntrySection.PrivateKey).SequenceEqual(_key.Encode()));
        Assert.Equal(_value is not null, MetadataTable.TryFind(Find(stored, EntrySection.Metadata), "key"u8, out var value));
        Assert.True(value.Bytes.Span.SequenceEqual(_value));
    }

    private static ReadOnlySpan<byte> Find(in StoredPeer stored, EntrySection section) =>
        SectionDirectory.TryFind(stored.Sections, section, out var body) ? body : default;

    private static byte[] Body(Action<EntryBuffer> write)
    {
        var output = new EntryBuffer();
        write(output);
        return output.Written.ToArray();
    }

    private void AssertAddresses(AddressReader reader)
    {
        var left = _addresses.ToDictionary(static address => Convert.ToHexString(address.Address));
        var former = long.MaxValue;
        while (reader.MoveNext())
        {
            Assert.InRange(reader.Expires, 1, former);
            former = reader.Expires;
            Assert.True(left.Remove(Convert.ToHexString(reader.Bytes), out var address));
            Assert.Equal((address.Ttl, address.End, address.Source), (reader.Ttl, reader.Expires, reader.Source));
        }

        Assert.Empty(left);
    }

    private void PutAddresses(EntryBuffer output)
    {
        foreach (var (address, ttl, end, source) in _addresses)
        {
            output.PutVarint((ulong)source);
            output.PutVarint((ulong)ttl);
            output.PutVarint((ulong)end);
            output.PutBytes(address);
        }
    }

    private void PutRecord(EntryBuffer output)
    {
        output.PutText(_record!.Envelope.Domain);
        output.Put(_record.Envelope.Bytes.Span);
    }

    private void PutMetadata(EntryBuffer output)
    {
        output.PutText("key");
        output.PutByte(0);
        output.PutBytes(_value);
    }
}
