namespace Libp2p.Peerstore.Tests;

public class LifecycleRaceTests
{
    private const int Rounds = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_disconnect_and_an_identify_at_once_end_in_one_of_the_two_orders(StoreKind kind)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        var message = LifecycleStage.Listening(LifecycleStage.Public(0, 30));
        for (var i = 0; i < Rounds; i++)
        {
            var connection = await stage.ConnectAsync();
            await Task.WhenAll(
                Task.Run(() => stage.IdentifyAsync(connection, message), Token),
                Task.Run(() => stage.DisconnectAsync(connection), Token));
            var snapshot = await stage.SnapshotAsync();
            Assert.All(snapshot.Addresses, static details => Assert.Equal(AddressTtl.RecentlyConnected, details.Ttl));
            Assert.Equal(20, snapshot.Addresses.Count);
        }
    }

    [Fact]
    public async Task Another_connection_that_stays_keeps_the_addresses_connected_in_every_order()
    {
        await using var stage = await LifecycleStage.SetAsync();
        var stays = await stage.ConnectAsync();
        for (var i = 0; i < Rounds; i++)
        {
            var goes = await stage.ConnectAsync();
            var address = LifecycleStage.Public(i, 1);
            await Task.WhenAll(
                Task.Run(() => stage.IdentifyAsync(stays, LifecycleStage.Listening(address)), Token),
                Task.Run(() => stage.DisconnectAsync(goes), Token));
            Assert.Equal(LifecycleStage.Texts(address), await stage.WithTtlAsync(AddressTtl.Connected));
        }
    }

    [Theory]
    [InlineData(StoreKind.Memory, 2)]
    [InlineData(StoreKind.Memory, 8)]
    [InlineData(StoreKind.Sqlite, 8)]
    public async Task When_many_threads_are_through_and_time_has_passed_nothing_is_left(StoreKind kind, int threads)
    {
        await using var stage = await LifecycleStage.SetAsync(kind);
        PrivateKey[] keys = [.. Enumerable.Range(0, 4).Select(static _ => Sample.NewKey())];
        PeerId[] peers = [.. keys.Select(static key => PeerId.FromPublicKey(key.PublicKey))];
        ReadOnlyMemory<byte>[] records =
            [.. keys.Select(static key => Sample.Record(key, 1, LifecycleStage.Public(0, 5)).Envelope.Bytes)];
        await Task.WhenAll(Enumerable.Range(0, threads).Select(seed => Task.Run(
            async () =>
            {
                var random = new Random(seed);
                for (var i = 0; i < Rounds; i++)
                {
                    var which = random.Next(peers.Length);
                    var connection = new PeerConnection(peers[which], (seed, i), LifecycleStage.Public(random.Next(40), 1)[0]);
                    var message = LifecycleStage.Listening(LifecycleStage.Public(random.Next(10), 30)) with
                    {
                        SignedPeerRecord = random.Next(2) == 0 ? records[which] : default,
                        Protocols = ["/a"],
                        AgentVersion = "x",
                    };
                    await RunAsync(stage.Lifecycle, connection, message, random);
                }
            },
            Token)));

        Assert.True(stage.Lifecycle.Count <= peers.Length);
        foreach (var peer in peers)
        {
            var snapshot = await stage.Peers.GetSnapshotAsync(peer, Token);
            Assert.DoesNotContain(snapshot.Addresses, static details => details.Ttl >= AddressTtl.Connected);
        }

        stage.Clock.Advance(AddressTtl.RecentlyConnected);
        await ((ISweepable)stage.Peers).SweepAsync(Token);
        Assert.Equal(0, stage.Lifecycle.Count);
        Assert.Empty(await stage.Peers.GetPeersAsync(Token).ToSetAsync());
    }

    /// <summary>The life of a connection, in one of the orders that a stack may report it in.</summary>
    private static async Task RunAsync(
        PeerLifecycle lifecycle, PeerConnection connection, IdentifyMessage message, Random random)
    {
        var (dialled, early, late) = (random.Next(3) == 0, random.Next(3) == 0, random.Next(3) == 0);
        if (dialled)
        {
            await lifecycle.DialSucceededAsync(connection.Peer, connection.RemoteAddress, Token);
        }

        var identified = early ? lifecycle.IdentifiedAsync(connection, message, Token).AsTask() : Task.CompletedTask;
        var connected = lifecycle.ConnectedAsync(connection, Token).AsTask();
        var pushed = lifecycle.IdentifyPushedAsync(connection, message, Token).AsTask();
        var disconnected = lifecycle.DisconnectedAsync(connection, Token).AsTask();
        var again = late ? lifecycle.IdentifiedAsync(connection, message, Token).AsTask() : Task.CompletedTask;
        await Task.WhenAll(identified, connected, pushed, disconnected, again);
    }
}
