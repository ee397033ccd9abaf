namespace Libp2p.Peerstore.Tests;

/// <summary>What an import does to a store that knows something already.</summary>
public class ImportMergeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_longer_lifetime_and_the_later_end_win_whoever_has_them(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var other = MemoryPeerstore.Create(timeProvider: store.Clock);
        var peer = Sample.NewPeer();
        await other.Addresses.AddAsync(peer, [Sample.Tcp, Sample.Six], Sample.Hour, Token);
        await other.Addresses.AddAsync(peer, [Sample.Quic], Sample.Minute, Token);
        await store.Addresses.AddAsync(peer, [Sample.Tcp], Sample.Minute, Token);
        await store.Addresses.AddAsync(peer, [Sample.Quic], Sample.Hour, Token);
        var end = store.Clock.GetUtcNow() + Sample.Hour;
        store.Clock.Advance(Sample.Minute / 2);

        var report = await store.Peers.ImportAsync(await ExportBytes.OfAsync(other));

        Assert.Equal((1, 1, 1), (report.Changed, report.AddressesAdded, report.AddressesRenewed));
        var details = await store.Addresses.GetDetailsAsync(peer, Token);
        Assert.Equal(3, details.Count);
        // Not an hour from now: lifetimes go on.
        Assert.All(details, address => Assert.Equal((Sample.Hour, end), (address.Ttl, address.Expires)));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_has_ended_since_the_export_is_dropped_and_counted(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var other = MemoryPeerstore.Create(timeProvider: store.Clock);
        var record = Sample.Record(Sample.NewKey(), 1, Sample.Quic);
        await other.Addresses.AddAsync(record.Peer, [Sample.Tcp], Sample.Minute, Token);
        await ((ICertifiedAddressBook)other.Addresses).ConsumeAsync(record, Sample.Minute, Token);
        var export = await ExportBytes.OfAsync(other);
        store.Clock.Advance(Sample.Minute);

        var report = await store.Peers.ImportAsync(export);

        Assert.Equal((1, 2, 0), (report.Unchanged, report.AddressesEnded, report.RecordsAccepted));
        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_was_connected_counts_as_recently_connected_from_when_the_export_was_made(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var other = MemoryPeerstore.Create(timeProvider: store.Clock);
        var peer = Sample.NewPeer();
        await other.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Connected, Token);
        await other.Addresses.AddAsync(peer, [Sample.Quic], AddressTtl.Permanent, Token);
        var (export, made) = (await ExportBytes.OfAsync(other), store.Clock.GetUtcNow());
        store.Clock.Advance(Sample.Minute);

        var report = await store.Peers.ImportAsync(export);

        Assert.Equal((made, 1), (report.Made, report.AddressesShortened));
        var details = await store.Addresses.GetDetailsAsync(peer, Token);
        Assert.Equal([(Sample.Quic, AddressTtl.Address), (Sample.Tcp, AddressTtl.RecentlyConnected)], details.Select(static a => (a.Address, a.Ttl)));
        Assert.Equal(made + AddressTtl.RecentlyConnected, details[1].Expires);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Whoever_asks_for_permanent_addresses_gets_the_lifetimes_of_the_export(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var other = MemoryPeerstore.Create(timeProvider: store.Clock);
        var (peer, years) = (Sample.NewPeer(), TimeSpan.FromDays(1000));
        await other.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Connected, Token);
        await other.Addresses.AddAsync(peer, [Sample.Quic], AddressTtl.Permanent, Token);
        await other.Addresses.AddAsync(peer, [Sample.Six], years, Token);

        var report = await store.Peers.ImportAsync(await ExportBytes.OfAsync(other), new() { PermanentAddresses = true });

        Assert.Equal((3, 0), (report.AddressesAdded, report.AddressesShortened));
        var details = await store.Addresses.GetDetailsAsync(peer, Token);
        Assert.Equal([AddressTtl.Permanent, years, AddressTtl.RecentlyConnected], details.Select(static a => a.Ttl));
        Assert.Equal(store.Clock.GetUtcNow() + years, details[1].Expires);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_is_permanent_in_the_store_stays_so(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var peer = Sample.NewPeer();
        await store.Addresses.AddAsync(peer, [Sample.Tcp], AddressTtl.Permanent, Token);

        var report = await store.Peers.ImportAsync(await ExportBytes.OfAsync(store.Peers));

        Assert.Equal((1, 1), (report.Unchanged, report.AddressesShortened));
        Assert.Equal(AddressTtl.Permanent, Assert.Single(await store.Addresses.GetDetailsAsync(peer, Token)).Ttl);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Nothing_lives_longer_than_its_lifetime_from_now_whatever_the_clock_of_the_export(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var (peer, now) = (Sample.NewPeer(), store.Clock.GetUtcNow());
        var far = now + TimeSpan.FromDays(100_000);
        var export = ExportBytes.Make(
            far,
            ExportBytes.Entry(peer, ExportBytes.Addresses(Sample.Hour, far, AddressSource.Added, Sample.Tcp)),
            ExportBytes.Entry(Sample.NewPeer(), ExportBytes.Addresses(AddressTtl.Connected, far, AddressSource.Added, Sample.Tcp)));

        Assert.Equal(2, (await store.Peers.ImportAsync(export)).Changed);

        Assert.Equal(now + Sample.Hour, Assert.Single(await store.Addresses.GetDetailsAsync(peer, Token)).Expires);
        store.Clock.Advance(Sample.Hour);
        Assert.Empty(await store.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_newer_record_wins_and_one_that_is_older_brings_no_addresses(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        var key = Sample.NewKey();
        var (old, current, next) = (Sample.Record(key, 1, Sample.Tcp), Sample.Record(key, 2, Sample.Quic), Sample.Record(key, 3, Sample.Six));
        await store.Records.ConsumeAsync(current, Sample.Hour, Token);

        var stale = await store.Peers.ImportAsync(await ExportAsync(store, old));
        var accepted = await store.Peers.ImportAsync(await ExportAsync(store, next));

        Assert.Equal((1, 0, 0, 1), (stale.RecordsStale, stale.RecordsAccepted, stale.Changed, stale.AddressesLeftOut));
        Assert.Equal((0, 1, 1, 0), (accepted.RecordsStale, accepted.RecordsAccepted, accepted.Changed, accepted.AddressesLeftOut));
        Assert.Equal(next.Envelope.Bytes.ToArray(), (await store.Records.GetRecordAsync(next.Peer, Token))!.Bytes.ToArray());
        var details = await store.Addresses.GetDetailsAsync(next.Peer, Token);
        Assert.Equal(AddressSource.Certified, details.Single(static address => address.Address == Sample.Six).Source);
        Assert.Equal(AddressSource.Added, details.Single(static address => address.Address == Sample.Quic).Source);
        Assert.Equal(2, details.Count);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_newer_record_replaces_where_the_store_says_so(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(
            kind, new() { NewerRecord = NewerRecordRule.ReplaceFormer, SweepInterval = TimeSpan.Zero });
        var key = Sample.NewKey();
        await store.Records.ConsumeAsync(Sample.Record(key, 2, Sample.Quic), Sample.Hour, Token);
        var next = Sample.Record(key, 3, Sample.Six);

        await store.Peers.ImportAsync(await ExportAsync(store, next));

        Assert.Equal([Sample.Six], await store.Addresses.GetAsync(next.Peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_the_store_has_beside_addresses_stays_and_is_added_to(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var other = MemoryPeerstore.Create(timeProvider: store.Clock);
        var key = Sample.NewKey(KeyType.Rsa);
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await store.Peers.UpdatePeerAsync(
            peer, edit => edit.SetProtocols(["/a", "/c"]).SetMetadata("k", "mine").RecordLatency(TimeSpan.FromMilliseconds(7)), Token);
        await other.UpdatePeerAsync(
            peer,
            edit => edit.AddPublicKey(key.PublicKey).SetProtocols(["/b", "/c"]).SetMetadata("k", "its").SetMetadata("l", "its")
                .RecordLatency(TimeSpan.FromMilliseconds(9)),
            Token);

        await store.Peers.ImportAsync(await ExportBytes.OfAsync(other));

        var snapshot = await store.Peers.GetSnapshotAsync(peer, Token);
        Assert.Equal(["/a", "/b", "/c"], snapshot.Protocols);
        Assert.Equal((TimeSpan.FromMilliseconds(7), key.PublicKey), (snapshot.Latency, snapshot.PublicKey));
        Assert.Equal("mine", await store.Peers.Metadata.GetAsync<string>(peer, "k", Token));
        Assert.Equal("its", await store.Peers.Metadata.GetAsync<string>(peer, "l", Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task At_the_limit_of_a_peer_those_addresses_stay_that_end_last(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxAddressesPerPeer = 4, SweepInterval = TimeSpan.Zero });
        await using var other = MemoryPeerstore.Create(timeProvider: store.Clock);
        var peer = Sample.NewPeer();
        for (var i = 1; i <= 4; i++)
        {
            await store.Addresses.AddAsync(peer, [Sample.Address(2 * i)], 2 * i * Sample.Minute, Token);
        }

        for (var i = 0; i <= 6; i++)
        {
            await other.Addresses.AddAsync(peer, [Sample.Address((2 * i) + 1)], ((2 * i) + 1) * Sample.Minute, Token);
        }

        var report = await store.Peers.ImportAsync(await ExportBytes.OfAsync(other));

        // Of 2, 4, 6, 8 and 1, 3, 5, 7, 9, 11, 13 minutes.
        Assert.Equal([13, 11, 9, 8], (await store.Addresses.GetAsync(peer, Token)).Select(static address => Number(address)));
        Assert.Equal((3, 4), (report.AddressesAdded, report.AddressesLeftOut));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_an_announcement_brought_goes_with_the_next_one_also_in_another_store(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        await using var other = MemoryPeerstore.Create(timeProvider: store.Clock);
        var peer = Sample.NewPeer();
        await other.Addresses.AnnounceAsync(peer, [Sample.Tcp], Sample.Hour, Token);
        await other.Addresses.AddAsync(peer, [Sample.Six], Sample.Hour, Token);
        await store.Peers.ImportAsync(await ExportBytes.OfAsync(other));

        await store.Addresses.AnnounceAsync(peer, [Sample.Quic], Sample.Hour, Token);

        Assert.Equal(new HashSet<Multiaddr> { Sample.Six, Sample.Quic }, (await store.Addresses.GetAsync(peer, Token)).ToHashSet());
    }

    private static int Number(Multiaddr address) => address.Bytes[4];

    private static async Task<byte[]> ExportAsync(TestStore at, PeerRecord record)
    {
        await using var other = MemoryPeerstore.Create(timeProvider: at.Clock);
        await ((ICertifiedAddressBook)other.Addresses).ConsumeAsync(record, Sample.Hour, Token);
        return await ExportBytes.OfAsync(other);
    }
}
