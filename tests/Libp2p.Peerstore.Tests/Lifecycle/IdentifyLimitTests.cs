namespace Libp2p.Peerstore.Tests;

/// <summary>At a limit, what a peer no longer says makes room for what it says now.</summary>
public class IdentifyLimitTests
{
    private static readonly PeerstoreOptions Five = new() { MaxEndlessAddressesPerPeer = 5 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task At_the_limit_of_connected_addresses_others_take_the_places_of_the_former(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind, limits: Five);
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(LifecycleStage.Public(0, 10)));
        var outcome = await stage.IdentifyAsync(connection, LifecycleStage.Listening(LifecycleStage.Public(10, 10)));

        Assert.True(outcome.Stored.HasFlag(IdentifyParts.Addresses));
        Assert.Equal(LifecycleStage.Texts(LifecycleStage.Public(10, 5)), await stage.WithTtlAsync(AddressTtl.Connected));
        Assert.Equal(5, (await stage.SnapshotAsync()).Addresses.Count);
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_record_is_held_against_the_stored_one_though_all_its_addresses_go(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind, limits: Five);
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, stage.Signed(5, LifecycleStage.Public(0, 10)));
        var stale = await stage.IdentifyAsync(connection, stage.Signed(4, LifecycleStage.Public(10, 10)));
        Assert.Equal((IdentifyParts.Record, EnvelopeOutcome.Opened), (stale.Refused, stale.Record));
        Assert.Equal(5UL, Sequence((await stage.SnapshotAsync()).Record));

        var newer = await stage.IdentifyAsync(connection, stage.Signed(6, LifecycleStage.Public(20, 10)));
        Assert.Equal(IdentifyParts.None, newer.Refused);
        var snapshot = await stage.SnapshotAsync();
        Assert.Equal(6UL, Sequence(snapshot.Record));
        Assert.Equal(LifecycleStage.Texts(LifecycleStage.Public(20, 5)), await stage.WithTtlAsync(AddressTtl.Connected));
        Assert.All(snapshot.Addresses, static details => Assert.True(details.IsCertified));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task The_stored_record_outlives_an_identify_without_one_that_names_other_addresses(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, stage.Signed(5, Sample.Tcp));
        await stage.IdentifyAsync(connection, LifecycleStage.Listening(Sample.Quic));
        Assert.Equal(5UL, Sequence((await stage.SnapshotAsync()).Record));
        Assert.Equal(LifecycleStage.Texts(Sample.Quic), await stage.WithTtlAsync(AddressTtl.Connected));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task Watchers_hear_of_what_is_new_and_of_nothing_that_stayed(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind, limits: Five);
        var connection = await stage.ConnectAsync();
        await stage.IdentifyAsync(connection, stage.Signed(1, LifecycleStage.Public(0, 5)));
        await using var events = stage.Peers.Addresses.WatchAsync(stage.Peer, Token).GetAsyncEnumerator(Token);
        for (var i = 0; i < 5; i++)
        {
            Assert.True(await events.MoveNextAsync());
        }

        await stage.IdentifyAsync(connection, stage.Signed(2, LifecycleStage.Public(4, 5)));
        await stage.AddAsync(Sample.Hour, Sample.Six);
        var heard = new List<Multiaddr>();
        while (await events.MoveNextAsync() && events.Current.Address != Sample.Six)
        {
            Assert.Equal(AddressEventKind.Added, events.Current.Kind);
            heard.Add(events.Current.Address);
        }

        Assert.Equal(LifecycleStage.Texts(LifecycleStage.Public(5, 4)), LifecycleStage.Texts(heard));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task In_a_full_store_that_refuses_a_late_identify_uses_the_places_of_the_former_addresses(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind, limits: new() { MaxAddresses = 3, WhenFull = FullPolicy.RefuseNew });
        await stage.IdentifyAsync(stage.NewConnection(), stage.Signed(1, LifecycleStage.Public(0, 3)));
        var outcome = await stage.IdentifyAsync(stage.NewConnection(), stage.Signed(2, LifecycleStage.Public(3, 3)));

        Assert.Equal(IdentifyParts.None, outcome.Refused);
        Assert.Equal(LifecycleStage.Texts(LifecycleStage.Public(3, 3)), await stage.WithTtlAsync(AddressTtl.RecentlyConnected));
        Assert.Equal(2UL, Sequence((await stage.SnapshotAsync()).Record));
    }

    private static ulong? Sequence(SignedEnvelope? envelope) =>
        PeerRecord.TryOpen(envelope?.Bytes ?? default, out var record) == EnvelopeOutcome.Opened ? record!.Sequence : null;
}
