namespace Libp2p.Peerstore.Tests;

public class DisconnectTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task At_the_last_disconnect_twenty_addresses_the_one_in_use_first_are_recently_connected(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var addresses = LifecycleStage.Public(0, 30);
        var inUse = addresses[29];
        var connection = await stage.ConnectAsync(inUse.WithPeer(stage.Peer));
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(addresses));
        Assert.Equal(ConnectionChange.Last, await stage.DisconnectAsync(connection));

        var recent = await stage.WithTtlAsync(AddressTtl.RecentlyConnected);
        Assert.Equal(20, recent.Length);
        Assert.Contains(inUse.ToString(), recent);
        Assert.Equal(20, (await stage.SnapshotAsync()).Addresses.Count);
        stage.Clock.Advance(AddressTtl.RecentlyConnected - TimeSpan.FromTicks(1));
        Assert.Equal(20, (await stage.SnapshotAsync()).Addresses.Count);
        stage.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Empty((await stage.SnapshotAsync()).Addresses);
    }

    [Fact]
    public async Task Addresses_known_from_elsewhere_keep_their_own_lifetimes()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var (permanent, hour) = (Sample.Address(1), Sample.Address(2));
        await stage.AddAsync(AddressTtl.Permanent, permanent);
        await stage.AddAsync(Sample.Hour, hour);
        var connection = await stage.ConnectAsync(permanent);
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp));
        await stage.DisconnectAsync(connection);

        Assert.Equal(LifecycleStage.Texts(permanent), await stage.WithTtlAsync(AddressTtl.Permanent));
        Assert.Equal(LifecycleStage.Texts(hour), await stage.WithTtlAsync(Sample.Hour));
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_full_store_that_refuses_keeps_as_many_as_it_has_places_for_the_one_in_use_first(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind, limits: new() { MaxAddresses = 3, WhenFull = FullPolicy.RefuseNew });
        await stage.Peers.Addresses.AddAsync(Sample.NewPeer(), [Sample.Address(1)], Sample.Hour, Token);
        await stage.AddAsync(Sample.Hour, Sample.Six);
        var addresses = LifecycleStage.Public(0, 5);
        var connection = await stage.ConnectAsync(addresses[4]);
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(addresses));
        await stage.DisconnectAsync(connection);
        Assert.Equal(LifecycleStage.Texts(addresses[4]), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));
        Assert.Equal(LifecycleStage.Texts(Sample.Six), await stage.WithTtlAsync(Sample.Hour));

        // Connected again it gave its place up, and another peer has taken it meanwhile.
        connection = await stage.ConnectAsync(addresses[3]);
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(addresses));
        await stage.Peers.Addresses.AddAsync(Sample.NewPeer(), [Sample.Address(2)], Sample.Hour, Token);
        await stage.DisconnectAsync(connection);
        Assert.Equal([Sample.Six], await stage.Peers.Addresses.GetAsync(stage.Peer, Token));
    }

    [Fact]
    public async Task A_permanent_address_in_use_takes_no_place_among_the_twenty()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await stage.AddAsync(AddressTtl.Permanent, Sample.Tcp);
        var connection = await stage.ConnectAsync(Sample.Tcp);
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(LifecycleStage.Public(0, 30)));
        await stage.DisconnectAsync(connection);
        Assert.Equal(20, (await stage.WithTtlAsync(AddressTtl.RecentlyConnected)).Length);
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.Permanent));
    }

    [Fact]
    public async Task The_address_in_use_is_renewed_if_the_store_knows_it()
    {
        await using var stage = await LifecycleStage.SetAsync();
        await stage.Lifecycle.DialSucceededAsync(stage.Peer, Sample.Tcp, Token);
        var connection = await stage.ConnectAsync(Sample.Tcp);
        stage.Clock.Advance(Sample.Minute * 14);
        await stage.DisconnectAsync(connection);
        stage.Clock.Advance(Sample.Minute * 14);
        Assert.Equal([Sample.Tcp], await stage.Peers.Addresses.GetAsync(stage.Peer, Token));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_disconnect_that_is_not_the_last_one_changes_nothing(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var (first, second) = (await stage.ConnectAsync(), stage.NewConnection());
        Assert.Equal(ConnectionChange.Further, await stage.Lifecycle.ConnectedAsync(second, Token));
        await stage.IdentifyAsync(first, LifecycleStage.Listening(Sample.Tcp) with { Protocols = ["/a"] });
        var before = await stage.SnapshotAsync();
        Assert.Equal(ConnectionChange.Ended, await stage.DisconnectAsync(first));
        stage.Clock.Advance(Sample.Hour);
        Assert.Equivalent(before, await stage.SnapshotAsync());
    }

    [Fact]
    public async Task Reporting_a_connection_twice_changes_nothing()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = stage.NewConnection();
        Assert.Equal(ConnectionChange.None, await stage.DisconnectAsync(connection));
        Assert.Equal(ConnectionChange.First, await stage.Lifecycle.ConnectedAsync(connection, Token));
        Assert.Equal(ConnectionChange.None, await stage.Lifecycle.ConnectedAsync(connection, Token));
        Assert.Equal(ConnectionChange.Last, await stage.DisconnectAsync(connection));
        Assert.Equal(ConnectionChange.None, await stage.DisconnectAsync(connection));
    }

    [Fact]
    public async Task A_cancelled_report_takes_effect_nevertheless()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Tcp));
        await stage.Lifecycle.DisconnectedAsync(connection, new CancellationToken(canceled: true));
        Assert.Equal(LifecycleStage.Texts(Sample.Tcp), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));
    }

    [Fact]
    public async Task What_a_failing_store_did_not_note_of_an_end_is_made_up_for_after_the_grace_period()
    {
        await using var store = await TestStore.OpenAsync(StoreKind.Memory);
        var faulty = new FaultyPeerstore(store.Peers);
        await using var lifecycle = new PeerLifecycle(faulty, timeProvider: store.Clock);
        var connection = new PeerConnection(Sample.NewPeer(), 1, LifecycleStage.Seen);
        await lifecycle.ConnectedAsync(connection, Token);
        await lifecycle.IdentifiedAsync(connection, LifecycleStage.Listening(Sample.Tcp) with { Protocols = ["/a"] }, Token);
        faulty.Failure = new PeerstoreException(PeerstoreError.CannotWrite, "no disk");
        await Assert.ThrowsAsync<PeerstoreException>(() => lifecycle.DisconnectedAsync(connection, Token).AsTask());
        store.Clock.Advance(Sample.Minute);
        Assert.Same(faulty.Failure, lifecycle.LastFailure);
        Assert.Equal(1, lifecycle.Count);
        faulty.Failure = null;
        store.Clock.Advance(Sample.Minute);

        Assert.Equal(0, lifecycle.Count);
        var snapshot = await store.Peers.GetSnapshotAsync(connection.Peer, Token);
        Assert.Equal(AddressTtl.RecentlyConnected, Assert.Single(snapshot.Addresses).Ttl);
        Assert.Empty(snapshot.Protocols);
    }
}
