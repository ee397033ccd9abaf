namespace Libp2p.Peerstore.Tests;

public class IdentifyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task What_a_connected_peer_says_of_itself_is_stored_in_every_book(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind, keyType: KeyType.Rsa);
        var connection = await stage.ConnectAsync();
        var message = stage.Signed(7, Sample.Tcp, Sample.Quic) with
        {
            ListenAddresses = LifecycleStage.Listening(Sample.Address(1)).ListenAddresses,
            Protocols = ["/b", "/a"],
            ProtocolVersion = "ipfs/0.1.0",
            AgentVersion = "kubo/0.30.0/",
            PublicKey = stage.Key.PublicKey.Encoded.ToArray(),
        };
        var outcome = await stage.IdentifyAsync(connection, message);

        const IdentifyParts All = IdentifyParts.Addresses | IdentifyParts.Record | IdentifyParts.Protocols
            | IdentifyParts.Versions | IdentifyParts.PublicKey;
        Assert.Equal(new IdentifyOutcome(All, IdentifyParts.None, EnvelopeOutcome.Opened), outcome);
        var snapshot = await stage.SnapshotAsync();
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp, Sample.Quic), await stage.WithTtlAsync(AddressTtl.Connected));
        Assert.All(snapshot.Addresses, static details => Assert.Equal(AddressSource.Announced | AddressSource.Certified, details.Source));
        Assert.Equal(message.SignedPeerRecord.ToArray(), snapshot.Record!.Bytes.ToArray());
        Assert.Equal(["/a", "/b"], snapshot.Protocols);
        Assert.Equal(stage.Key.PublicKey, snapshot.PublicKey);
        Assert.Equal("ipfs/0.1.0", await stage.Peers.Metadata.GetAsync<string>(stage.Peer, MetadataKeys.ProtocolVersion, Token));
        Assert.Equal("kubo/0.30.0/", await stage.Peers.Metadata.GetAsync<string>(stage.Peer, MetadataKeys.AgentVersion, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Former_connected_and_recently_connected_addresses_give_way_to_what_the_peer_says_now(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var (connected, recent, stays) = (Sample.Address(1), Sample.Address(2), LifecycleStage.Public(0, 3));
        await stage.AddAsync(AddressTtl.Connected, connected, Sample.Tcp);
        await stage.AddAsync(AddressTtl.RecentlyConnected, recent, Sample.Quic);
        await stage.AddAsync(AddressTtl.Permanent, stays[0]);
        await stage.AddAsync(AddressTtl.Address, stays[1]);
        await stage.AddAsync(AddressTtl.Temporary, stays[2]);
        await stage.IdentifyAsync(await stage.ConnectAsync(), LifecycleStage.Listening(Sample.Tcp, Sample.Quic));

        Assert.Equal(LifecycleStage.Texts(Sample.Tcp, Sample.Quic), await stage.WithTtlAsync(AddressTtl.Connected));
        Assert.Equal(LifecycleStage.Texts(stays[0]), await stage.WithTtlAsync(AddressTtl.Permanent));
        Assert.Equal(LifecycleStage.Texts(stays[1]), await stage.WithTtlAsync(AddressTtl.Address));
        Assert.Equal(LifecycleStage.Texts(stays[2]), await stage.WithTtlAsync(AddressTtl.Temporary));
        Assert.Equal(5, (await stage.SnapshotAsync()).Addresses.Count);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_second_identify_replaces_the_first_and_what_stays_is_no_news_to_watchers(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, stage.Signed(1, Sample.Tcp, Sample.Quic) with { Protocols = ["/a"], AgentVersion = "x" });
        await using var events = stage.Peers.Addresses.WatchAsync(stage.Peer, Token).GetAsyncEnumerator(Token);
        Assert.True(await events.MoveNextAsync() && await events.MoveNextAsync());
        await stage.IdentifyAsync(connection, stage.Signed(2, Sample.Quic, Sample.Address(1), LifecycleStage.Public(1, 1)[0]) with { Protocols = ["/b"] });

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(new AddressEvent(AddressEventKind.Added, LifecycleStage.Public(1, 1)[0]), events.Current);
        Assert.Equal(
            LifecycleStage.Texts([Sample.Quic, .. LifecycleStage.Public(1, 1)]), await stage.WithTtlAsync(AddressTtl.Connected));
        var snapshot = await stage.SnapshotAsync();
        Assert.Equal(2, snapshot.Addresses.Count);
        Assert.Equal(["/b"], snapshot.Protocols);
        Assert.Empty(snapshot.MetadataKeys);
    }

    [Fact]
    public async Task The_address_that_the_peer_is_seen_at_is_never_stored()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp));
        await stage.DisconnectAsync(connection);

        Assert.Equal([Sample.Tcp], await stage.Peers.Addresses.GetAsync(stage.Peer, Token));
        Assert.DoesNotContain(typeof(IdentifyMessage).GetProperties(), static property => property.Name.Contains("Observed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Addresses_of_other_peers_and_undecodable_ones_are_left_out()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var message = LifecycleStage.Listening(Sample.Tcp.WithPeer(stage.Peer), Sample.Tcp, Sample.Quic.WithPeer(Sample.NewPeer()), default);
        message = message with { ListenAddresses = [new byte[] { 0xFF, 0xFF, 0xFF }, .. message.ListenAddresses] };
        await stage.IdentifyAsync(await stage.ConnectAsync(), message);

        Assert.Equal([Sample.Tcp], await stage.Peers.Addresses.GetAsync(stage.Peer, Token));
    }

    [Fact]
    public async Task No_more_addresses_are_taken_than_the_limit_says()
    {
        await using var stage = await LifecycleStage.SetAsync(options: new() { MaxConnectedAddresses = 3 });
        await stage.IdentifyAsync(await stage.ConnectAsync(), LifecycleStage.Listening(LifecycleStage.Public(0, 10)));
        Assert.Equal(LifecycleStage.Texts(LifecycleStage.Public(0, 3)), await stage.WithTtlAsync(AddressTtl.Connected));
    }

    [Fact]
    public async Task Five_hundred_addresses_replace_five_hundred_others()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(LifecycleStage.Public(0, 600)));
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(LifecycleStage.Public(600, 600)));
        Assert.Equal(LifecycleStage.Texts(LifecycleStage.Public(600, 500)), await stage.WithTtlAsync(AddressTtl.Connected));
        Assert.Equal(500, (await stage.SnapshotAsync()).Addresses.Count);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task An_identify_that_comes_after_the_end_of_the_connection_is_recently_connected_and_goes(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(LifecycleStage.Public(0, 3)));
        await stage.DisconnectAsync(connection);
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(LifecycleStage.Public(2, 40)) with { Protocols = ["/a"] });

        Assert.Equal(LifecycleStage.Texts(LifecycleStage.Public(2, 20)), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));
        Assert.Equal(20, (await stage.SnapshotAsync()).Addresses.Count);
        stage.Clock.Advance(AddressTtl.RecentlyConnected);
        Assert.Empty((await stage.SnapshotAsync()).Protocols);
        Assert.Empty((await stage.SnapshotAsync()).Addresses);
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task An_identify_of_a_peer_that_never_connects_leaves_nothing_for_long()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await stage.AddAsync(AddressTtl.Connected, Sample.Tcp);
        await stage.IdentifyAsync(stage.NewConnection(), LifecycleStage.Listening(Sample.Tcp) with { Protocols = ["/a"] });
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));

        stage.Clock.Advance(Sample.Minute);
        Assert.Empty((await stage.SnapshotAsync()).Protocols);
        Assert.Equal(0, stage.Lifecycle.Count);
    }

    [Fact]
    public async Task A_stack_may_report_a_connection_after_its_identify()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = stage.NewConnection();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp));
        Assert.Equal(ConnectionChange.First, await stage.Lifecycle.ConnectedAsync(connection, Token));
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
    }

    [Theory]
    [InlineData("IaIbCaCb")]
    [InlineData("IaCbCa")]
    public async Task Of_several_connections_each_may_be_reported_after_its_identify(string order)
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connections = new Dictionary<char, PeerConnection> { ['a'] = stage.NewConnection(), ['b'] = stage.NewConnection() };
        foreach (var step in order.Chunk(2))
        {
            if (step[0] == 'I')
            {
                await stage.IdentifyAsync(connections[step[1]], LifecycleStage.Listening(Sample.Tcp));
            }
            else
            {
                await stage.Lifecycle.ConnectedAsync(connections[step[1]], Token);
            }
        }

        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Connected));
    }

    [Fact]
    public async Task A_new_connection_says_nothing_of_the_addresses_of_an_old_identify()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await stage.IdentifyAsync(stage.NewConnection(), LifecycleStage.Listening(Sample.Tcp));
        await stage.ConnectAsync();
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));
    }

    [Fact]
    public async Task What_others_store_between_reading_and_writing_is_not_lost()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var (peer, others) = (Sample.NewPeer(), 0);
        var faulty = new FaultyPeerstore(store.Peers)
        {
            AfterSnapshot = async peer =>
            {
                others++;
                await store.Addresses.AddAsync(peer, [Sample.Address(others)], Sample.Hour, Token);
            },
        };
        await using var lifecycle = new PeerLifecycle(faulty, timeProvider: store.Clock);
        var connection = new PeerConnection(peer, 1, LifecycleStage.Seen);
        await lifecycle.ConnectedAsync(connection, Token);
        var outcome = await lifecycle.IdentifiedAsync(connection, LifecycleStage.Listening(Sample.Tcp), Token);

        Assert.Equal(IdentifyParts.None, outcome.Refused);
        Assert.Equal(10, others);
        Assert.Equal(1 + others, (await store.Addresses.GetAsync(peer, Token)).Count);
        faulty.AfterSnapshot = null;
    }
}
