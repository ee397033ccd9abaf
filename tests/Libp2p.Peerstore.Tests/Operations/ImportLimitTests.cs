namespace Libp2p.Peerstore.Tests;

/// <summary>The limits of a store hold for what is imported into it.</summary>
public class ImportLimitTests
{
    private static readonly DateTimeOffset Made = DateTimeOffset.UnixEpoch;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_full_store_that_refuses_what_is_new_refuses_peers_and_records(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(
            kind, new() { MaxPeers = 3, MaxSignedRecords = 2, WhenFull = FullPolicy.RefuseNew, SweepInterval = TimeSpan.Zero });

        var report = await store.Peers.ImportAsync(await ManyAsync(store, 5));

        Assert.Equal((3, 2, 2, 1), (report.Changed, report.NoRoom, report.RecordsAccepted, report.RecordsRefused));
        // What a record alone vouched for went with it, and with that the third peer has only protocols.
        Assert.Equal((2, 1), (report.AddressesAdded, report.AddressesLeftOut));
        Assert.Empty(report.Problems);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_full_store_gives_up_what_ends_first(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind, new() { MaxPeers = 3, SweepInterval = TimeSpan.Zero });
        var friend = Sample.NewPeer();
        await store.Addresses.AddAsync(friend, [Sample.Tcp], AddressTtl.Connected, Token);

        var report = await store.Peers.ImportAsync(await ManyAsync(store, 5));

        Assert.Equal((5, 0), (report.Changed, report.NoRoom));
        var known = await store.Peers.GetPeersAsync(Token).ToSetAsync();
        Assert.Equal(3, known.Count);
        Assert.Contains(friend, known);
    }

    [Theory]
    [InlineData(nameof(PeerstoreOptions.MaxProtocolsPerPeer), "the protocols are too many, or one is too long")]
    [InlineData(nameof(PeerstoreOptions.MaxProtocolIdLength), "the protocols are too many, or one is too long")]
    [InlineData(nameof(PeerstoreOptions.MaxMetadataBytes), "1 metadata values are too many or too large")]
    [InlineData(nameof(PeerstoreOptions.MaxMetadataBytesPerPeer), "1 metadata values are too many or too large")]
    [InlineData(nameof(PeerstoreOptions.MaxMetadataKeysPerPeer), "1 metadata values are too many or too large")]
    [InlineData(nameof(DecodeLimits.MaxEnvelopeBytes), "the signed record is refused: it exceeds a limit on signed records")]
    [InlineData(nameof(DecodeLimits.MaxRecordAddresses), "the signed record is refused: it exceeds a limit on signed records")]
    [InlineData(nameof(DecodeLimits.MaxMultiaddrBytes), "1 addresses exceed a limit on one address")]
    public async Task What_exceeds_a_limit_is_refused_and_the_rest_is_taken(string limit, string reason)
    {
        await using var from = MemoryPeerstore.Create();
        var key = Sample.NewKey(KeyType.Rsa);
        var record = Sample.Record(key, 1, Sample.Tcp, Sample.Quic);
        await from.UpdatePeerAsync(
            record.Peer,
            edit => edit.AddAddresses([Sample.Tcp, Sample.Tcp.Encapsulate(Sample.Six)], Sample.Hour).Consume(record, Sample.Hour)
                .AddPublicKey(key.PublicKey).SetProtocols(["/a", "/bb"]).SetMetadata("k", "value").SetMetadata("l", "long value"),
            Token);
        var export = await ExportBytes.OfAsync(from);
        await using var unlimited = MemoryPeerstore.Create();
        Assert.Empty((await unlimited.ImportAsync(export)).Problems);
        await using var store = MemoryPeerstore.Create(Limit(limit));
        using var counted = new MeterReading(
            PeerstoreMeter.Refused,
            typeof(PeerstoreOptions).GetProperty(limit) is null ? nameof(PeerstoreOptions.DecodeLimits) : limit);

        var report = await store.ImportAsync(export);

        Assert.Equal(reason, Assert.Single(report.Problems).Reason);
        Assert.Equal(1, report.Changed);
        Assert.InRange(counted.Total, 1, int.MaxValue);
        // Nothing else is missing.
        var (whole, snapshot) = (await unlimited.GetSnapshotAsync(record.Peer, Token), await store.GetSnapshotAsync(record.Peer, Token));
        Assert.Equal(1, Missing(whole, snapshot));
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        var key = Sample.NewKey(KeyType.Rsa);
        var peer = PeerId.FromPublicKey(key.PublicKey);
        await using var from = MemoryPeerstore.Create();
        await from.UpdatePeerAsync(peer, edit => edit.AddPublicKey(key.PublicKey).AddPrivateKey(key).SetProtocols(["/a"]), Token);
        await using var store = MemoryPeerstore.Create(new() { DecodeLimits = new() { MaxKeyBytes = 100 } });

        var report = await store.ImportAsync(
            await ExportBytes.OfAsync(from, new() { PrivateKeysInClear = true }), new() { PrivateKeys = true });

        Assert.Equal((2, 0, 1), (report.OthersRefused, report.PrivateKeys, report.Changed));
        Assert.Equal(
            ["the public key exceeds the limit on keys", "the private key exceeds the limit on keys"],
            report.Problems.Select(static problem => problem.Reason));
        Assert.Null((await store.GetSnapshotAsync(peer, Token)).PublicKey);
    }

    [Fact]
    public async Task What_would_exceed_a_limit_with_what_is_known_is_refused()
    {
        var (peer, limits) = (Sample.NewPeer(), new PeerstoreOptions
        {
            MaxProtocolsPerPeer = 2,
            MaxMetadataKeysPerPeer = 2,
            MaxMetadataBytesPerPeer = 10,
        });
        await using var from = MemoryPeerstore.Create(limits);
        await using var store = MemoryPeerstore.Create(limits);
        await from.UpdatePeerAsync(peer, static edit => edit.SetProtocols(["/a", "/b"]).SetMetadata("k", 12).SetMetadata("l", 1234), Token);
        await store.UpdatePeerAsync(peer, static edit => edit.SetProtocols(["/c"]).SetMetadata("m", 12345), Token);

        var report = await store.ImportAsync(await ExportBytes.OfAsync(from));

        Assert.Equal((2, 2, 1), (report.OthersRefused, report.Problems.Count, report.Changed));
        Assert.Equal(["/c"], await store.Protocols.GetAsync(peer, Token));
        Assert.Equal(["k", "m"], await store.Metadata.GetKeysAsync(peer, Token));
    }

    [Fact]
    public void More_addresses_than_a_peer_may_have_are_not_even_offered_to_the_store()
    {
        // Each costs a look at all others, under a lock.
        const int Count = 20_000;
        var (peer, now, limits) = (Sample.NewPeer(), Made.UtcTicks, new PeerstoreOptions());
        var addresses = Enumerable.Range(0, Count).Select(static i => Multiaddr.Parse($"/ip4/10.0.{i >> 8}.{i & 255}/tcp/1"));
        foreach (var (ttl, most) in ((TimeSpan, int)[])[
            (AddressTtl.Permanent, limits.MaxEndlessAddressesPerPeer), (Sample.Hour, limits.MaxAddressesPerPeer)])
        {
            var (_, entry) = ExportBytes.Entry(peer, ExportBytes.Addresses(ttl, ttl == Sample.Hour ? Made + ttl : default, AddressSource.Added, addresses));
            Assert.True(new EntryReader().TryRead(peer, entry, out var stored, out _));
            var tally = new ImportTally();

            var offered = new ImportScreen(limits, new() { PermanentAddresses = true }, tally).Pass(peer, stored, now, now);

            Assert.Equal((most, Count - most), (offered.Addresses.Length, tally.AddressesLeftOut));
        }
    }

    private static PeerstoreOptions Limit(string name) => name switch
    {
        nameof(PeerstoreOptions.MaxProtocolsPerPeer) => new() { MaxProtocolsPerPeer = 1 },
        nameof(PeerstoreOptions.MaxProtocolIdLength) => new() { MaxProtocolIdLength = 2 },
        nameof(PeerstoreOptions.MaxMetadataBytes) => new() { MaxMetadataBytes = 10 },
        nameof(PeerstoreOptions.MaxMetadataBytesPerPeer) => new() { MaxMetadataBytesPerPeer = 15 },
        nameof(PeerstoreOptions.MaxMetadataKeysPerPeer) => new() { MaxMetadataKeysPerPeer = 1 },
        nameof(DecodeLimits.MaxEnvelopeBytes) => new() { DecodeLimits = new() { MaxEnvelopeBytes = 100 } },
        nameof(DecodeLimits.MaxRecordAddresses) => new() { DecodeLimits = new() { MaxRecordAddresses = 1 } },
        nameof(DecodeLimits.MaxMultiaddrBytes) => new() { DecodeLimits = new() { MaxMultiaddrBytes = 20 } },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, message: null),
    };

    private static int Missing(PeerSnapshot whole, PeerSnapshot part) =>
        (whole.Addresses.Count > part.Addresses.Count ? 1 : 0)
        + (whole.PublicKey is not null && part.PublicKey is null ? 1 : 0)
        + (whole.Protocols.Count > part.Protocols.Count ? 1 : 0)
        + (whole.MetadataKeys.Count > part.MetadataKeys.Count ? 1 : 0);

    private static async Task<byte[]> ManyAsync(TestStore at, int peers)
    {
        await using var from = MemoryPeerstore.Create(timeProvider: at.Clock);
        for (var i = 0; i < peers; i++)
        {
            var record = Sample.Record(Sample.NewKey(), 1, Sample.Tcp);
            await from.UpdatePeerAsync(record.Peer, edit => edit.Consume(record, Sample.Hour).SetProtocols(["/a"]), Token);
        }

        return await ExportBytes.OfAsync(from);
    }
}
