namespace Libp2p.Peerstore.Tests;

/// <summary>Exports that somebody made to do harm: every checksum in them is good.</summary>
public class HostileExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_forged_record_is_refused_with_the_addresses_that_it_alone_vouches_for(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var record = Sample.Record(Sample.NewKey(), 7, Sample.Tcp);
        var envelope = record.Envelope.Bytes.ToArray();
        // The signature is the last field of an envelope.
        envelope[^1] ^= 1;
        var end = store.Clock.GetUtcNow() + Sample.Hour;
        var entry = ExportBytes.Entry(
            record.Peer,
            Addresses(Sample.Hour, end, (AddressSource.Certified, Sample.Tcp), (AddressSource.Added, Sample.Quic)),
            RecordSection(PeerRecord.Domain, record, envelope));

        var report = await store.Peers.ImportAsync(ExportBytes.Make(store.Clock.GetUtcNow(), entry));

        Assert.Equal((1, 0, 1, 1), (report.RecordsRefused, report.RecordsAccepted, report.AddressesLeftOut, report.AddressesAdded));
        Assert.Equal("the signed record is refused: its signature is not good", Assert.Single(report.Problems).Reason);
        Assert.Null(await store.Records.GetRecordAsync(record.Peer, Token));
        var details = Assert.Single(await store.Addresses.GetDetailsAsync(record.Peer, Token));
        Assert.Equal((Sample.Quic, AddressSource.Added), (details.Address, details.Source));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Peers_that_are_said_to_be_permanent_do_not_fill_a_store_for_ever(StoreKind kind)
    {
        const int MaxPeers = 4;
        await using var store = await TestStore.OpenAsync(kind, new() { MaxPeers = MaxPeers, SweepInterval = TimeSpan.Zero });
        var section = ExportBytes.Addresses(AddressTtl.Permanent, default, AddressSource.Added, Sample.Tcp);
        var flood = Enumerable.Range(0, MaxPeers).Select(_ => ExportBytes.Entry(Sample.NewPeer(), section));

        var report = await store.Peers.ImportAsync(ExportBytes.Make(store.Clock.GetUtcNow(), flood));

        Assert.Equal((MaxPeers, MaxPeers), (report.Changed, report.AddressesShortened));
        var friend = Sample.NewPeer();
        await store.Addresses.AddAsync(friend, [Sample.Quic], 2 * Sample.Hour, Token);
        Assert.Contains(friend, await store.Peers.GetPeersAsync(Token).ToSetAsync());
        store.Clock.Advance(AddressTtl.Address);
        Assert.Equal([friend], await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_lifetime_of_thousands_of_years_is_cut(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var (now, longest) = (store.Clock.GetUtcNow(), PeerstoreImportOptions.LongestLifetime);
        // The longest that has an end, one that is just too long, and the longest that is taken.
        TimeSpan[] lifetimes = [AddressTtl.Connected - TimeSpan.FromTicks(1), longest + TimeSpan.FromTicks(1), longest];
        var peers = lifetimes.Select(static _ => Sample.NewPeer()).ToArray();
        var entries = peers.Zip(lifetimes, static (peer, ttl) => ExportBytes.Entry(
            peer, ExportBytes.Addresses(ttl, DateTimeOffset.MaxValue, AddressSource.Added, Sample.Tcp)));

        var report = await store.Peers.ImportAsync(ExportBytes.Make(now, entries));

        Assert.Equal((3, 2), (report.AddressesAdded, report.AddressesShortened));
        foreach (var peer in peers)
        {
            var details = Assert.Single(await store.Addresses.GetDetailsAsync(peer, Token));
            Assert.Equal((longest, now + longest), (details.Ttl, details.Expires));
        }
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_address_is_not_certified_because_an_export_says_so(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var record = Sample.Record(Sample.NewKey(), 7, Sample.Tcp);
        var entry = ExportBytes.Entry(
            record.Peer,
            Addresses(
                Sample.Hour,
                store.Clock.GetUtcNow() + Sample.Hour,
                (AddressSource.Certified, Sample.Tcp),
                (AddressSource.Certified, Sample.Six),
                (AddressSource.Certified | AddressSource.Added, Sample.Quic)),
            RecordSection(PeerRecord.Domain, record, record.Envelope.Bytes.ToArray()));

        var report = await store.Peers.ImportAsync(ExportBytes.Make(store.Clock.GetUtcNow(), entry));

        Assert.Equal((1, 1, 2), (report.RecordsAccepted, report.AddressesLeftOut, report.AddressesAdded));
        var details = await store.Addresses.GetDetailsAsync(record.Peer, Token);
        Assert.Equal(
            new HashSet<(Multiaddr, AddressSource)> { (Sample.Tcp, AddressSource.Certified), (Sample.Quic, AddressSource.Added) },
            details.Select(static address => (address.Address, address.Source)).ToHashSet());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_of_a_domain_of_its_own_needs_somebody_who_names_it(StoreKind kind)
    {
        const string Domain = "somebody-elses-purpose";
        await using var store = await TestStore.OpenAsync(kind);
        var key = Sample.NewKey();
        var payload = Sample.Record(key, 7, Sample.Tcp).Envelope.Payload.Span;
        var envelope = SignedEnvelope.Seal(key, Domain, PeerRecord.PayloadType, payload);
        Assert.Equal(EnvelopeOutcome.Opened, PeerRecord.TryRead(envelope, DecodeLimits.Default, out var record, out _));
        var addresses = ExportBytes.Addresses(Sample.Hour, store.Clock.GetUtcNow() + Sample.Hour, AddressSource.Certified, Sample.Tcp);
        var export = Make(Domain);
        // The same envelope, said to be of the domain that everybody takes.
        var lie = Make(PeerRecord.Domain);

        var refused = await store.Peers.ImportAsync(export);
        var unmasked = await store.Peers.ImportAsync(lie);
        Assert.Equal((1, 1), (refused.RecordsRefused, refused.AddressesLeftOut));
        Assert.Equal("the signed record is refused: it was signed in a domain that is not to be taken", refused.Problems[0].Reason);
        Assert.Equal("the signed record is refused: its signature is not good", unmasked.Problems[0].Reason);
        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());

        Assert.Equal(1, (await store.Peers.ImportAsync(export, new() { RecordDomains = [Domain] })).RecordsAccepted);
        Assert.Equal(Domain, (await store.Records.GetRecordAsync(record!.Peer, Token))!.Domain);

        byte[] Make(string domain) => ExportBytes.Make(
            default, ExportBytes.Entry(record!.Peer, addresses, RecordSection(domain, record, envelope.Bytes.ToArray())));
    }

    [Fact]
    public async Task A_record_or_a_key_of_another_peer_spoils_the_entry()
    {
        var (victim, attacker) = (Sample.NewKey(), Sample.NewKey());
        var peer = PeerId.FromPublicKey(victim.PublicKey);
        var record = Sample.Record(attacker, 7, Sample.Tcp);
        var addresses = ExportBytes.Addresses(Sample.Hour, DateTimeOffset.UtcNow + Sample.Hour, AddressSource.Added, Sample.Tcp);
        await using var store = MemoryPeerstore.Create();

        var report = await store.ImportAsync(ExportBytes.Make(
            DateTimeOffset.UtcNow,
            ExportBytes.Entry(peer, addresses, RecordSection(PeerRecord.Domain, record, record.Envelope.Bytes.ToArray())),
            ExportBytes.Entry(peer, addresses, (EntrySection.PublicKey, attacker.PublicKey.Encoded.ToArray())),
            ExportBytes.Entry(peer, addresses, (EntrySection.PrivateKey, attacker.Encode())),
            ExportBytes.Entry(peer, addresses, (EntrySection.SealedPrivateKey, [0, 1, 2]))));

        Assert.Equal((4, 4, 4), (report.Entries, report.Damaged, report.Problems.Count));
        Assert.Equal([2, 3, 4, 8], report.Problems.Select(static problem => int.Parse(problem.Reason.Split(' ')[1])));
        Assert.Empty(await store.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_from_the_future_is_refused(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var late = (ulong)(store.Clock.GetUtcNow() + TimeSpan.FromDays(2)).ToUnixTimeMilliseconds();
        await using var other = MemoryPeerstore.Create(new() { MaxSequenceAhead = TimeSpan.Zero }, store.Clock);
        await ((ICertifiedAddressBook)other.Addresses).ConsumeAsync(Sample.Record(Sample.NewKey(), late, Sample.Tcp), Sample.Hour, Token);

        var report = await store.Peers.ImportAsync(await ExportBytes.OfAsync(other));

        Assert.Equal((1, 1, 0), (report.RecordsRefused, report.AddressesLeftOut, report.Changed));
        Assert.Contains("a time in the future", Assert.Single(report.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_of_another_peer_are_left_out_and_ones_own_suffix_is_taken_off()
    {
        var (peer, other) = (Sample.NewPeer(), Sample.NewPeer());
        await using var store = MemoryPeerstore.Create();
        var entry = ExportBytes.Entry(peer, ExportBytes.Addresses(
            AddressTtl.Permanent, default, AddressSource.Added, Sample.Tcp.WithPeer(other), Sample.Quic.WithPeer(peer)));

        var report = await store.ImportAsync(ExportBytes.Make(DateTimeOffset.UtcNow, entry));

        Assert.Equal((1, 1, 1), (report.AddressesLeftOut, report.AddressesAdded, report.Problems.Count));
        Assert.Equal([Sample.Quic], await store.Addresses.GetAsync(peer, Token));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(int.MaxValue)]
    [InlineData(4 << 20)]
    public async Task A_length_that_is_a_lie_costs_no_memory(uint length)
    {
        await using var store = MemoryPeerstore.Create();
        var output = new EntryBuffer();
        ExportFormat.WriteHeader(0, output);
        ExportFormat.WriteHead((int)length, output);
        output.Put(new byte[100]);
        var export = output.Written.ToArray();
        await store.FailAsync(export);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failing = store.FailAsync(export);

        Assert.True(failing.IsCompleted, "Something of it ran on another thread, where nobody counts.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        var error = await failing;
        Assert.Equal((PeerstoreError.Damaged, 0), (error.Error, error.Report.Entries));
    }

    [Fact]
    public async Task An_entry_that_is_too_long_is_passed_over()
    {
        var (large, small) = (Sample.NewPeer(), Sample.NewPeer());
        byte[] value = [1, (byte)'k', 0, 0xA0, 0x8D, 0x06, .. new byte[100_000]];
        var export = ExportBytes.Make(
            default,
            ExportBytes.Entry(large, (EntrySection.Metadata, value)),
            ExportBytes.Entry(small, (EntrySection.Protocols, [2, .. "/a"u8])));
        await using var store = MemoryPeerstore.Create(new() { MaxMetadataBytes = 200_000 });

        var report = await store.ImportAsync(export, new() { MaxEntryBytes = 100_000 });

        Assert.Equal((2, 1, 1), (report.Entries, report.Changed, report.Damaged));
        Assert.Equal("the entry has more than 100000 bytes", Assert.Single(report.Problems).Reason);
        Assert.Equal([small], await store.GetPeersAsync(Token).ToSetAsync());
        Assert.Equal(1, (await store.ImportAsync(export, new() { MaxEntryBytes = 200_000 })).Changed);
    }

    private static (EntrySection Section, byte[] Body) RecordSection(string domain, PeerRecord record, byte[] envelope) =>
        (EntrySection.Record, RecordView.Encode(domain, record.Sequence, new StoredRecord(record).Own, envelope));

    private static (EntrySection Section, byte[] Body) Addresses(
        TimeSpan ttl, DateTimeOffset end, params (AddressSource Source, Multiaddr Address)[] addresses)
    {
        var (section, body) = ExportBytes.Addresses(ttl, end, AddressSource.Added);
        var output = new EntryBuffer();
        output.Put(body);
        foreach (var (source, address) in addresses)
        {
            output.PutByte((byte)source);
            output.PutVarint(0);
            output.PutBytes(address.Bytes);
        }

        return (section, output.Written.ToArray());
    }
}
